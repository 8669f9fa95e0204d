package threadmill.kit;

import java.nio.file.Path;
import java.util.Optional;
import threadmill.model.Exercise;

/**
 * A submission whose verdict is known: a stub, a reference, a variant or a mutant.
 *
 * @param name what it is kept as, or the role for a stub and a reference
 * @param folder its sources, whole
 * @param kept where it is kept: that folder, or a patch or a part from which it was made
 * @param mistake what is wrong about it, for a mutant
 */
public record Specimen(
    Role role, Exercise exercise, String name, Path folder, Path kept, Optional<Mistake> mistake) {
  /** What a specimen is kept for. */
  public enum Role {
    STUB,
    REFERENCE,
    VARIANT,
    MUTANT
  }

  /** The check that must reject it, for a mutant. */
  public Optional<String> killer() {
    return mistake.map(Mistake::rejectedBy);
  }
}

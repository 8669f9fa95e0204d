package threadmill.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import threadmill.model.Exercise;

/**
 * A submission whose verdict is known: a stub, a reference, a variant or a mutant.
 *
 * @param name the folder's name, or the role for a stub and a reference
 * @param killer the check that must reject it, for a mutant
 */
public record Specimen(
    Role role, Exercise exercise, String name, Path folder, Optional<String> killer) {
  private static final Pattern STORY =
      Pattern.compile("//\\s*(\\S[^|]*?)\\s*\\|\\s*rejected by (\\S+)\\s*\\|\\s*(\\S.*)");

  /** What a specimen is kept for. */
  public enum Role {
    STUB,
    REFERENCE,
    VARIANT,
    MUTANT
  }

  static Specimen stub(Exercise exercise, Path folder) {
    return new Specimen(Role.STUB, exercise, "stub", folder, Optional.empty());
  }

  static Specimen reference(Exercise exercise, Path folder) {
    return new Specimen(Role.REFERENCE, exercise, "reference", folder, Optional.empty());
  }

  static Specimen variant(Exercise exercise, Path folder) {
    String name = folder.getFileName().toString();
    return new Specimen(Role.VARIANT, exercise, name, folder, Optional.empty());
  }

  /** A mutant's first line reads {@code // OPERATOR | rejected by CHECK | the novice's story}. */
  static Specimen mutant(Exercise exercise, Path folder) {
    String name = folder.getFileName().toString();
    for (Path file : Kit.javaFiles(folder)) {
      Matcher story = STORY.matcher(firstLine(file));
      if (story.matches()) {
        return new Specimen(Role.MUTANT, exercise, name, folder, Optional.of(story.group(2)));
      }
    }
    throw new KitException(
        folder + ": no file begins with '// OPERATOR | rejected by CHECK | the story'");
  }

  private static String firstLine(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (IOException e) {
      throw new KitException("cannot read " + file, e);
    }
  }
}

package threadmill.gate;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a list lets through, asked of whole hierarchies of classes. */
final class Access {
  private final AllowList allowed;
  private final Hierarchy hierarchy;
  private final Set<String> ours;

  /**
   * @param ours the classes of the submission and the given ones, which may use each other
   */
  Access(AllowList allowed, Hierarchy hierarchy, Set<String> ours) {
    this.allowed = allowed;
    this.hierarchy = hierarchy;
    this.ours = ours;
  }

  boolean isAllowed(Reference reference) {
    String type = reference.type();
    if (!reference.isMember()) {
      return ours.contains(type) || isOpenWithAllAbove(type);
    }
    List<String> declaring = hierarchy.declaring(reference);
    String nearest = ours.contains(type) && !declaring.isEmpty() ? declaring.get(0) : type;
    if (ours.contains(nearest)) {
      return !declaring.isEmpty();
    }
    return decides(nearest, reference).orElse(false)
        && (reference.isConstructor() || isRefusedByNone(declaring, reference));
  }

  /**
   * What to call it where it is refused: where the whole type is closed, the type; where a class
   * inherits a member, that of the class above.
   */
  Reference narrow(Reference reference) {
    if (!ours.contains(reference.type()) && !allowed.mentions(reference.type())) {
      return Reference.to(reference.type());
    }
    List<Reference> declared =
        hierarchy.declaring(reference).stream()
            .map(above -> new Reference(above, reference.member(), reference.descriptor()))
            .toList();
    return declared.stream()
        .filter(above -> decides(above.type(), above).equals(Optional.of(false)))
        .findFirst()
        .or(() -> declared.stream().findFirst())
        .orElse(reference);
  }

  /** To extend, or to name, a type below a closed one would open what the closed one can do. */
  private boolean isOpenWithAllAbove(String type) {
    return allowed.mentions(type)
        && hierarchy.upFrom(type).stream().allMatch(above -> allowed.decides(above).orElse(true));
  }

  /** A call through a subclass, as in {@code ForkJoinWorkerThread.stop}, names the subclass. */
  private boolean isRefusedByNone(List<String> declaring, Reference member) {
    return declaring.stream()
        .allMatch(above -> ours.contains(above) || decides(above, member).orElse(true));
  }

  private Optional<Boolean> decides(String type, Reference member) {
    return allowed.decides(type, member.member(), member.signature());
  }
}

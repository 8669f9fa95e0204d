package threadmill.explore.weave;

import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;
import threadmill.explore.sim.Watched;
import threadmill.explore.sim.Watched.Care;

/** Which calls of woven code reach objects of the JDK's that are watched from outside. */
final class Watching {
  private static final Set<String> TEXTS =
      Set.of("java/lang/CharSequence", "java/lang/StringBuilder", "java/lang/StringBuffer");
  private static final Set<String> SHOW =
      Set.of("java/lang/String", "java/lang/StringBuilder", "java/lang/StringBuffer");
  private static final Set<String> INNER =
      Set.of(
          "java/io/InputStream",
          "java/io/OutputStream",
          "java/io/Reader",
          "java/io/Writer",
          "java/lang/Appendable");

  private Watching() {}

  /** Whether the receiver of a call may be a watched object, and the method one of the JDK's. */
  static boolean receives(MethodInsnNode call, ClassFacts facts) {
    if (call.getOpcode() == Opcodes.INVOKESTATIC || call.name.equals("<init>")) {
      return false;
    }
    if (call.owner.equals("java/lang/Object")) {
      return call.getOpcode() != Opcodes.INVOKESPECIAL
          && (call.name.equals("toString") || call.name.equals("equals"));
    }
    if (Watched.mayBeBehind(call.owner.replace('/', '.'))) {
      return true;
    }
    Care care = care(call.owner, facts);
    return care != Care.NONE && care != Care.BUFFER && isOfJdk(call, facts);
  }

  /** Whether the method is one that a class of the JDK's declares, as far as can be told here. */
  private static boolean isOfJdk(MethodInsnNode call, ClassFacts facts) {
    for (ClassFacts.Facts f = facts.of(call.owner);
        f != null && !f.name().startsWith("java/");
        f = f.superName() == null ? null : facts.of(f.superName())) {
      if (f.methods().contains(call.name + call.desc)) {
        return false;
      }
    }
    return true;
  }

  static boolean isBuffer(MethodInsnNode call, ClassFacts facts) {
    return call.getOpcode() != Opcodes.INVOKESTATIC && care(call.owner, facts) == Care.BUFFER;
  }

  /** Whether the call reads, or fills, what it is given as an argument of that type. */
  static boolean gives(MethodInsnNode call, Type argument, ClassFacts facts) {
    if (!call.owner.startsWith("java/") || call.itf) {
      return false;
    }
    String name = argument.getInternalName();
    return switch (argument.getSort()) {
      case Type.ARRAY -> true;
      case Type.OBJECT ->
          TEXTS.contains(name)
              || name.equals("java/lang/Object") && SHOW.contains(call.owner)
              || !wraps(call, argument)
                  && name.startsWith("java/")
                  && care(name, facts) != Care.NONE
                  && !isInterface(name, facts);
      default -> false;
    };
  }

  /** Whether a constructor keeps its argument to work on it. */
  static boolean wraps(MethodInsnNode call, Type argument) {
    return call.name.equals("<init>")
        && call.owner.startsWith("java/")
        && INNER.contains(argument.getInternalName());
  }

  private static boolean isInterface(String name, ClassFacts facts) {
    ClassFacts.Facts known = facts.of(name);
    return known != null && (known.access() & Opcodes.ACC_INTERFACE) != 0;
  }

  private static Care care(String name, ClassFacts facts) {
    return known(name, facts).orElse(Care.NONE);
  }

  /** What is known of a class, by itself, its ancestors or its interfaces. */
  private static Optional<Care> known(String name, ClassFacts facts) {
    ClassFacts.Facts f = facts.of(name);
    if (f == null) {
      return Optional.empty();
    }
    Optional<Care> care = Watched.of(name.replace('/', '.'));
    for (String each : f.interfaces()) {
      if (care.isEmpty()) {
        care = known(each, facts);
      }
    }
    if (care.isPresent() || f.superName() == null || f.superName().equals("java/lang/Object")) {
      return care;
    }
    return known(f.superName(), facts);
  }

  /** A class of the JDK's whose objects have a state of which nothing is known. */
  static Optional<String> unknown(String owner, ClassFacts facts, Relocation relocation) {
    boolean ofJdk = owner.startsWith("java/") || owner.startsWith("javax/");
    if (!ofJdk || !relocation.map(owner).equals(owner) || known(owner, facts).isPresent()) {
      return Optional.empty();
    }
    for (ClassFacts.Facts f = facts.of(owner);
        f != null && f.superName() != null;
        f = facts.of(f.superName())) {
      boolean isInterface = (f.access() & Opcodes.ACC_INTERFACE) != 0;
      if (!isInterface
          && f.fields().values().stream().anyMatch(a -> (a & Opcodes.ACC_STATIC) == 0)) {
        return Optional.of(owner.replace('/', '.'));
      }
    }
    return Optional.empty();
  }
}

package threadmill.gate;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Calls that find a field or a class by its name. The class that a field is looked up in must be a
 * submitted class on every path to the call, or the fields of any object at hand would be open.
 * What finds classes by name is watched where it is called ({@link threadmill.harness.ByName}), so
 * that no method reference may stand for the call.
 */
final class Lookups {
  private static final Set<String> OF_FIELDS =
      Set.of("findVarHandle", "findStaticVarHandle", "newUpdater");
  private static final Set<String> OF_CLASSES = Set.of("forName", "newInstance");

  /** How often values may come together on their way to the lookups of one class. */
  private static final int MOST_MERGES = 1_000_000;

  private Lookups() {}

  /** Whether a reference is to one of them. */
  static boolean isOne(Reference reference) {
    return reference.type().startsWith("java.")
        && (OF_FIELDS.contains(reference.member()) || OF_CLASSES.contains(reference.member()));
  }

  /** By line, what is not allowed of a class that refers to them. */
  static Map<Integer, String> breaches(ClassReader reader, Set<String> ours) {
    ClassNode type = new ClassNode();
    reader.accept(type, 0);
    Map<Integer, String> breaches = new TreeMap<>();
    Origins origins = new Origins();
    for (MethodNode method : type.methods) {
      look(type.name, method, origins, ours, breaches);
    }
    return breaches;
  }

  private static void look(
      String owner,
      MethodNode method,
      Origins origins,
      Set<String> ours,
      Map<Integer, String> breaches) {
    Frame<SourceValue>[] frames = null;
    int line = 0;
    for (AbstractInsnNode each : method.instructions) {
      if (each instanceof LineNumberNode number) {
        line = number.line;
      } else if (each instanceof InvokeDynamicInsnNode dynamic) {
        for (Object argument : dynamic.bsmArgs) {
          if (argument instanceof Handle handle
              && isOne(Reference.to(handle.getOwner(), handle.getName(), handle.getDesc()))) {
            breaches.put(
                line, "uses " + handle.getName() + " by a method reference instead of a call");
          }
        }
      } else if (each instanceof MethodInsnNode call
          && call.owner.startsWith("java/")
          && OF_FIELDS.contains(call.name)) {
        frames = frames == null ? analyze(owner, method, origins) : frames;
        if (origins.isSpent()) {
          breaches.put(line, "looks up a field where too many paths come together");
        } else if (!isOfOurs(call, frames[method.instructions.indexOf(call)], ours)) {
          String like = call.name + "(Mine.class, \"field\", …)";
          breaches.put(line, "looks up a field of a class that is not written out, as in " + like);
        }
      }
    }
  }

  /** Where nobody can get to there is no frame, and nothing to be feared. */
  private static boolean isOfOurs(MethodInsnNode call, Frame<SourceValue> frame, Set<String> ours) {
    if (frame == null) {
      return true;
    }
    int arguments = Type.getArgumentTypes(call.desc).length;
    SourceValue looked = frame.getStack(frame.getStackSize() - arguments);
    return looked.insns.stream()
        .allMatch(
            from ->
                from instanceof LdcInsnNode constant
                    && constant.cst instanceof Type type
                    && ours.contains(type.getClassName()));
  }

  private static Frame<SourceValue>[] analyze(String owner, MethodNode method, Origins origins) {
    Analyzer<SourceValue> analyzer = new Analyzer<>(origins);
    try {
      return analyzer.analyze(owner, method);
    } catch (AnalyzerException e) {
      if (origins.isSpent()) {
        return analyzer.getFrames();
      }
      throw new IllegalStateException(
          owner + "." + method.name + " is no code that javac makes", e);
    }
  }

  /** Follows a value through variables to the instruction that made it. */
  private static final class Origins extends SourceInterpreter {
    private int merges;

    Origins() {
      super(Opcodes.ASM9);
    }

    boolean isSpent() {
      return merges > MOST_MERGES;
    }

    @Override
    public SourceValue merge(SourceValue value, SourceValue other) {
      merges += 1 + value.insns.size();
      if (isSpent()) {
        throw new IllegalStateException("too many paths come together");
      }
      return super.merge(value, other);
    }

    @Override
    public SourceValue copyOperation(AbstractInsnNode instruction, SourceValue value) {
      return value;
    }
  }
}

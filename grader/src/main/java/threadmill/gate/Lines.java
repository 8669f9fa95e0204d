package threadmill.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Where a class refers to what: for each reference the first line. And what a pool of constants
 * cannot tell: {@code native} methods, and fields looked up in classes that are not written out.
 */
final class Lines extends ClassVisitor {
  private static final Set<String> LOOK_UPS =
      Set.of("findVarHandle", "findStaticVarHandle", "newUpdater");
  private static final int REMEMBERED = 4;

  private final Map<Reference, Integer> first = new HashMap<>();
  private final Map<Integer, String> breaches = new TreeMap<>();
  private final Set<String> ours;
  private String source = "";

  /**
   * @param ours the submitted classes
   */
  Lines(Set<String> ours) {
    super(Opcodes.ASM9);
    this.ours = ours;
  }

  /** The first line of a reference, or 0 if no instruction makes it. */
  int of(Reference reference) {
    return first.getOrDefault(reference, 0);
  }

  /** By line, what else is not allowed. */
  Map<Integer, String> breaches() {
    return breaches;
  }

  String source() {
    return source;
  }

  @Override
  public void visitSource(String file, String debug) {
    source = file == null ? "" : file;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    if ((access & Opcodes.ACC_NATIVE) != 0) {
      breaches.put(0, "declares the native method " + name);
    }
    return new Body();
  }

  private final class Body extends MethodVisitor {
    /** What the last instructions pushed: a type written out, or anything else. */
    private final Deque<Object> pushed = new ArrayDeque<>();

    private int line;

    Body() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitLineNumber(int number, Label start) {
      line = number;
    }

    private void note(Reference reference) {
      first.merge(reference, line, Math::min);
    }

    private void noteTypes(Type type) {
      Set<Reference> found = new HashSet<>();
      ConstantPool.types(type, found);
      found.forEach(this::note);
    }

    private void noteMember(String owner, String name, String descriptor) {
      note(Reference.to(owner, name, descriptor));
      noteTypes(Type.getObjectType(owner));
      noteTypes(Type.getType(descriptor));
    }

    private void push(Object what) {
      pushed.addLast(what);
      if (pushed.size() > REMEMBERED) {
        pushed.removeFirst();
      }
    }

    @Override
    public void visitInsn(int opcode) {
      push("");
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      push("");
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      push("");
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      noteTypes(Type.getObjectType(type));
      push("");
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      noteMember(owner, name, descriptor);
      push("");
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean onInterface) {
      noteMember(owner, name, descriptor);
      int arguments = Type.getArgumentTypes(descriptor).length;
      if (LOOK_UPS.contains(name) && owner.startsWith("java/") && !isOfOurs(arguments)) {
        breaches.put(
            line,
            "looks up a field of a class that is not written out, as in "
                + name
                + "(Mine.class, \"field\", …)");
      }
      push("");
    }

    /** Whether the first of the arguments pushed last is one of the submitted classes. */
    private boolean isOfOurs(int arguments) {
      Object[] last = pushed.toArray();
      return last.length >= arguments
          && last[last.length - arguments] instanceof Type type
          && ours.contains(type.getClassName());
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      noteTypes(Type.getType(descriptor));
      noteHandle(bootstrap);
      for (Object argument : arguments) {
        noteConstant(argument);
      }
      push("");
    }

    private void noteHandle(Handle handle) {
      noteMember(handle.getOwner(), handle.getName(), handle.getDesc());
    }

    private void noteConstant(Object constant) {
      if (constant instanceof Type type) {
        noteTypes(type);
      } else if (constant instanceof Handle handle) {
        noteHandle(handle);
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      noteConstant(value);
      push(value);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      noteTypes(Type.getType(descriptor));
      push("");
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      push("");
    }
  }
}

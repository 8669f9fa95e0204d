package threadmill.gate;

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
 * cannot tell: {@code native} methods.
 */
final class Lines extends ClassVisitor {
  private final Map<Reference, Integer> first = new HashMap<>();

  /** Of descriptors, which are taken apart once each. */
  private final Map<String, Integer> descriptors = new HashMap<>();

  private final Map<Integer, String> breaches = new TreeMap<>();
  private String source = "";

  Lines() {
    super(Opcodes.ASM9);
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

  @Override
  public void visitEnd() {
    descriptors.forEach(
        (descriptor, line) -> {
          Set<Reference> found = new HashSet<>();
          ConstantPool.types(Type.getType(descriptor), found);
          found.forEach(reference -> first.merge(reference, line, Math::min));
        });
  }

  private final class Body extends MethodVisitor {
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
      descriptors.merge(type.getDescriptor(), line, Math::min);
    }

    private void noteMember(String owner, String name, String descriptor) {
      note(Reference.to(owner, name, descriptor));
      noteTypes(Type.getObjectType(owner));
      descriptors.merge(descriptor, line, Math::min);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      noteTypes(Type.getObjectType(type));
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      noteMember(owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean onInterface) {
      noteMember(owner, name, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      descriptors.merge(descriptor, line, Math::min);
      noteHandle(bootstrap);
      for (Object argument : arguments) {
        noteConstant(argument);
      }
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
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      descriptors.merge(descriptor, line, Math::min);
    }
  }
}

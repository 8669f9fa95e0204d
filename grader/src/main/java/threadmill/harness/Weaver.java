package threadmill.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts a call of {@link Noise#point} before each access to a field and each call into {@code
 * java.util} in compiled classes. Lines, frames and behaviour stay as they are.
 */
public final class Weaver {
  private static final String NOISE = Type.getInternalName(Noise.class);

  private Weaver() {}

  /** Rewrites all class files of a folder in place. */
  public static void weave(Path classes) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(classes)) {
      files = found.filter(f -> f.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      ClassReader reader = new ClassReader(Files.readAllBytes(file));
      ClassWriter writer = new ClassWriter(reader, 0);
      reader.accept(new Points(writer), 0);
      Files.write(file, writer.toByteArray());
    }
  }

  private static final class Points extends ClassVisitor {
    Points(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, next) {
        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
          point();
          super.visitFieldInsn(opcode, owner, field, type);
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String type, boolean isInterface) {
          if (owner.startsWith("java/util/") && !method.equals("<init>")) {
            point();
          }
          super.visitMethodInsn(opcode, owner, method, type, isInterface);
        }

        private void point() {
          super.visitMethodInsn(Opcodes.INVOKESTATIC, NOISE, "point", "()V", false);
        }
      };
    }
  }
}

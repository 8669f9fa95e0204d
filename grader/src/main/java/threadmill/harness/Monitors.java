package threadmill.harness;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds {@code synchronized} blocks, which ArchUnit does not see. */
final class Monitors {
  private Monitors() {}

  /** The lines on which a block of this class takes a monitor. */
  static List<Integer> linesIn(JavaClass type) {
    Set<Integer> lines = new TreeSet<>();
    try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      new ClassReader(in)
          .accept(
              new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String sig, String[] thrown) {
                  return new EnterLines(lines);
                }
              },
              0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return List.copyOf(lines);
  }

  private static final class EnterLines extends MethodVisitor {
    private final Set<Integer> lines;
    private int line;

    EnterLines(Set<Integer> lines) {
      super(Opcodes.ASM9);
      this.lines = lines;
    }

    @Override
    public void visitLineNumber(int number, Label start) {
      line = number;
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.MONITORENTER) {
        lines.add(line);
      }
    }
  }
}

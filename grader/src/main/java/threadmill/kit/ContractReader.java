package threadmill.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import threadmill.harness.CheckId;
import threadmill.model.Check;

/** Reads the checks of a compiled contract without loading it, in the order of its source. */
final class ContractReader {
  private static final String CHECK_ID = Type.getDescriptor(CheckId.class);

  private record Placed(String file, int line, Check check) {}

  private ContractReader() {}

  static List<Check> read(Path classes) {
    List<Placed> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        new ClassReader(Files.readAllBytes(file)).accept(new Checks(found), 0);
      }
    } catch (IOException e) {
      throw new KitException("cannot read the compiled contract in " + classes, e);
    }
    found.sort(Comparator.comparing(Placed::file).thenComparing(Placed::line));
    return found.stream().map(Placed::check).toList();
  }

  /** The method's name as a sentence. */
  static String sentence(String method) {
    String words = method.replace('_', ' ').strip();
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static final class Checks extends ClassVisitor {
    private final List<Placed> found;
    private String type;

    Checks(List<Placed> found) {
      super(Opcodes.ASM9);
      this.found = found;
    }

    @Override
    public void visit(
        int version, int access, String name, String sig, String superName, String[] interfaces) {
      type = name.replace('/', '.');
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        private String id;
        private int points = 1;
        private int limit = 40;
        private int line = Integer.MAX_VALUE;

        @Override
        public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
          if (!annotation.equals(CHECK_ID)) {
            return null;
          }
          return new AnnotationVisitor(Opcodes.ASM9) {
            @Override
            public void visit(String key, Object value) {
              switch (key) {
                case "value" -> id = (String) value;
                case "points" -> points = (Integer) value;
                case "limitSeconds" -> limit = (Integer) value;
                default -> throw new KitException("unknown element " + key + " of @CheckId");
              }
            }
          };
        }

        @Override
        public void visitLineNumber(int number, Label start) {
          line = Math.min(line, number);
        }

        @Override
        public void visitEnd() {
          if (id != null) {
            Check check = new Check(id, sentence(name), points, limit, type, name);
            found.add(new Placed(type, line, check));
          }
        }
      };
    }
  }
}

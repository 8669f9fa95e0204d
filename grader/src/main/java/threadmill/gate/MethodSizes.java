package threadmill.gate;

import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Where;

/** Reads how large the methods of a class file are (JVMS 4.6, 4.7.3), which ASM does not tell. */
final class MethodSizes {
  /**
   * One that is too large.
   *
   * @param method name and descriptor
   * @param code whether its bytecode is too long; if not, its frame is too large
   */
  record Found(String method, boolean code) {}

  private MethodSizes() {}

  /**
   * The first method that is too large.
   *
   * @param bytes of bytecode, at most
   * @param slots for its variables and operands together, at most
   */
  static Optional<Found> first(ClassReader reader, int bytes, int slots) {
    char[] buffer = new char[reader.getMaxStringLength()];
    int at = reader.header + 6;
    at += 2 + 2 * reader.readUnsignedShort(at);
    for (boolean methods : new boolean[] {false, true}) {
      int members = reader.readUnsignedShort(at);
      at += 2;
      for (int member = 0; member < members; member++) {
        int start = at;
        int attributes = reader.readUnsignedShort(at + 6);
        at += 8;
        for (int i = 0; i < attributes; i++) {
          if (methods && reader.readUTF8(at, buffer).equals("Code")) {
            boolean tooLong = reader.readInt(at + 10) > bytes;
            int frame = reader.readUnsignedShort(at + 6) + reader.readUnsignedShort(at + 8);
            if (tooLong || frame > slots) {
              String name = reader.readUTF8(start + 2, buffer);
              return Optional.of(new Found(name + reader.readUTF8(start + 4, buffer), tooLong));
            }
          }
          at += 6 + reader.readInt(at + 2);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * A finding at the first line of a method.
   *
   * @param home the package of the class's source
   * @param method its name and descriptor, or empty for the whole class
   */
  static Finding at(ClassReader reader, String home, String method, String sentence) {
    Place place = new Place(method);
    reader.accept(place, ClassReader.SKIP_FRAMES);
    String file = home.replace('.', '/') + "/" + place.source;
    return Finding.of(Kind.CONTRACT, sentence).at(new Where(file, place.line));
  }

  private static final class Place extends ClassVisitor {
    private final String wanted;
    private String source = "";
    private int line;

    Place(String wanted) {
      super(Opcodes.ASM9);
      this.wanted = wanted;
    }

    @Override
    public void visitSource(String file, String debug) {
      source = file == null ? "" : file;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if (!(name + descriptor).equals(wanted)) {
        return null;
      }
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitLineNumber(int number, Label start) {
          line = line == 0 ? number : Math.min(line, number);
        }
      };
    }
  }
}

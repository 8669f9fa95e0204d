package threadmill.explore.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import threadmill.explore.sim.Refused;
import threadmill.gate.ClassLimits;

/**
 * Whatever the gate lets through fits into a class file when it has been rewritten, also if it is
 * made of nothing but what grows most.
 */
class LoomTest {
  private static final String BOX = "toys/box/Box";
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String HANDLE = "java/lang/invoke/VarHandle";

  /** What is written again and again until a method is as long as it may be. */
  private enum Piece {
    READS_A_STATIC(
        m -> {
          m.visitFieldInsn(Opcodes.GETSTATIC, BOX, "shared", "Ljava/lang/String;");
          m.visitInsn(Opcodes.POP);
        }),
    WRITES_A_STATIC(
        m -> {
          m.visitInsn(Opcodes.ACONST_NULL);
          m.visitFieldInsn(Opcodes.PUTSTATIC, BOX, "shared", "Ljava/lang/String;");
        }),
    READS_A_FIELD(
        m -> {
          m.visitVarInsn(Opcodes.ALOAD, 0);
          m.visitFieldInsn(Opcodes.GETFIELD, BOX, "own", "Ljava/lang/String;");
          m.visitInsn(Opcodes.POP);
        }),
    WRITES_A_LONG(
        m -> {
          m.visitVarInsn(Opcodes.ALOAD, 0);
          m.visitInsn(Opcodes.LCONST_0);
          m.visitFieldInsn(Opcodes.PUTFIELD, BOX, "wide", "J");
        }),
    GOES_DOWN_ARRAYS(
        m -> {
          m.visitVarInsn(Opcodes.ALOAD, 1);
          for (int i = 0; i < 200; i++) {
            m.visitInsn(Opcodes.ICONST_0);
            m.visitInsn(Opcodes.AALOAD);
          }
          m.visitInsn(Opcodes.POP);
        }),
    WRITES_AN_ELEMENT(
        m -> {
          m.visitVarInsn(Opcodes.ALOAD, 1);
          m.visitInsn(Opcodes.ICONST_0);
          m.visitInsn(Opcodes.ACONST_NULL);
          m.visitInsn(Opcodes.AASTORE);
        }),
    FILLS_A_TABLE(
        m -> {
          m.visitInsn(Opcodes.DUP);
          m.visitInsn(Opcodes.ICONST_0);
          m.visitInsn(Opcodes.LCONST_0);
          m.visitInsn(Opcodes.LASTORE);
        }),
    EXCHANGES_BY_A_HANDLE(
        m -> {
          m.visitVarInsn(Opcodes.ALOAD, 1);
          m.visitVarInsn(Opcodes.ALOAD, 1);
          m.visitInsn(Opcodes.ICONST_0);
          m.visitInsn(Opcodes.LCONST_0);
          m.visitInsn(Opcodes.LCONST_0);
          String all = "(" + OBJECT + "IJJ)J";
          m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, HANDLE, "compareAndExchange", all, false);
          m.visitInsn(Opcodes.POP2);
        }),
    PASSES_ANYTHING_TO_A_HANDLE(
        m -> {
          m.visitVarInsn(Opcodes.ALOAD, 1);
          for (int i = 0; i < 250; i++) {
            m.visitInsn(Opcodes.ICONST_0);
          }
          String all = "(" + "I".repeat(250) + ")V";
          m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, HANDLE, "setVolatile", all, false);
        }),
    READS_BY_A_HANDLE(
        m -> {
          m.visitVarInsn(Opcodes.ALOAD, 1);
          m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, HANDLE, "getVolatile", "()" + OBJECT, false);
          m.visitInsn(Opcodes.POP);
        }),
    FILLS_A_BUFFER(
        m -> {
          m.visitVarInsn(Opcodes.ALOAD, 1);
          m.visitInsn(Opcodes.ICONST_0);
          m.visitInsn(Opcodes.ICONST_0);
          String put = "(II)Ljava/nio/IntBuffer;";
          m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/nio/IntBuffer", "put", put, false);
          m.visitInsn(Opcodes.POP);
        }),
    APPENDS_TEXT(
        m -> {
          m.visitVarInsn(Opcodes.ALOAD, 1);
          m.visitInsn(Opcodes.ACONST_NULL);
          String builder = "java/lang/StringBuilder";
          String append = "(" + OBJECT + ")L" + builder + ";";
          m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, builder, "append", append, false);
          m.visitInsn(Opcodes.POP);
        }),
    SWAPS_WEAKLY(
        m -> {
          m.visitVarInsn(Opcodes.ALOAD, 1);
          m.visitInsn(Opcodes.ICONST_0);
          m.visitInsn(Opcodes.ICONST_0);
          String atomic = "java/util/concurrent/atomic/AtomicInteger";
          m.visitMethodInsn(
              Opcodes.INVOKEVIRTUAL, atomic, "weakCompareAndSetPlain", "(II)Z", false);
          m.visitInsn(Opcodes.POP);
        }),
    COPIES_AN_ARRAY(
        m -> {
          m.visitVarInsn(Opcodes.ALOAD, 1);
          m.visitInsn(Opcodes.ICONST_0);
          m.visitInsn(Opcodes.ICONST_0);
          m.visitMethodInsn(
              Opcodes.INVOKESTATIC, "java/util/Arrays", "copyOfRange", "([III)[I", false);
          m.visitInsn(Opcodes.POP);
        }),
    LOCKS(
        m -> {
          m.visitVarInsn(Opcodes.ALOAD, 0);
          m.visitInsn(Opcodes.MONITORENTER);
          m.visitVarInsn(Opcodes.ALOAD, 0);
          m.visitInsn(Opcodes.MONITOREXIT);
        }),
    LOOPS(
        m -> {
          Label again = new Label();
          m.visitLabel(again);
          m.visitInsn(Opcodes.ICONST_0);
          m.visitJumpInsn(Opcodes.IFNE, again);
        }),
    CALLS_WHAT_IS_REFUSED(
        m -> {
          m.visitMethodInsn(
              Opcodes.INVOKESTATIC, "java/io/File", "listRoots", "()[Ljava/io/File;", false);
          m.visitInsn(Opcodes.POP);
        }),
    MAKES_RANDOM_NUMBERS(
        m -> {
          m.visitTypeInsn(Opcodes.NEW, "java/util/Random");
          m.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/util/Random", "<init>", "()V", false);
        });

    private final Consumer<MethodVisitor> code;

    Piece(Consumer<MethodVisitor> code) {
      this.code = code;
    }

    int size() {
      CodeSizeEvaluator size = new CodeSizeEvaluator(null);
      code.accept(size);
      return size.getMaxSize();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_method_as_large_as_the_gate_allows_fits_when_it_is_rewritten(Piece piece)
      throws Exception {
    byte[] woven = woven(box(piece, ClassLimits.METHOD_BYTES));
    assertTrue(woven.length > ClassLimits.METHOD_BYTES / 2);
  }

  @Test
  void a_pool_of_constants_as_large_as_the_gate_allows_fits_when_it_is_rewritten()
      throws Exception {
    ClassWriter box = begin();
    // Three entries each for a method, three and a number for a field that is written alone.
    int members = ClassLimits.CONSTANTS / 6;
    int locked = Opcodes.ACC_SYNCHRONIZED;
    for (int i = 0; i < members; i++) {
      String type = "Lt/T" + i + ";";
      box.visitField(Opcodes.ACC_STATIC, "f" + i, type, null, null).visitEnd();
      MethodVisitor m = box.visitMethod(locked, "m" + i, "(" + type + ")V", null, null);
      m.visitCode();
      m.visitVarInsn(Opcodes.ALOAD, 1);
      m.visitFieldInsn(Opcodes.PUTSTATIC, BOX, "f" + i, type);
      m.visitInsn(Opcodes.RETURN);
      m.visitMaxs(1, 2);
      m.visitEnd();
    }
    byte[] bytes = box.toByteArray();
    int count = new org.objectweb.asm.ClassReader(bytes).getItemCount();
    assertTrue(count > ClassLimits.CONSTANTS, "only " + count);
    assertTrue(woven(bytes).length > bytes.length);
  }

  /** Behind an open gate, that is. */
  @Test
  void what_does_not_fit_is_told_by_name() {
    byte[] large = box(Piece.READS_A_STATIC, 60_000);
    Refused refused = assertThrows(Refused.class, () -> woven(large));
    assertEquals(
        "the explorer cannot control the class toys.box.Box, which is too large: Method too large:"
            + " toys/box/Box.all ()V",
        refused.getMessage());
  }

  private static ClassWriter begin() {
    ClassWriter box = new ClassWriter(0);
    box.visit(Opcodes.V17, Opcodes.ACC_SUPER, BOX, null, "java/lang/Object", null);
    return box;
  }

  /** Its one method holds the piece as often as it may, and as many variables as it may. */
  private static byte[] box(Piece piece, int bytes) {
    ClassWriter box = begin();
    String text = "Ljava/lang/String;";
    box.visitField(Opcodes.ACC_STATIC, "shared", text, null, null).visitEnd();
    box.visitField(0, "own", text, null, null).visitEnd();
    box.visitField(0, "wide", "J", null, null).visitEnd();
    MethodVisitor m = box.visitMethod(0, "all", "()V", null, null);
    m.visitCode();
    int size = 1;
    for (; size + piece.size() <= bytes; size += piece.size()) {
      piece.code.accept(m);
    }
    assertTrue(size > bytes - 500, "only " + size);
    m.visitInsn(Opcodes.RETURN);
    m.visitMaxs(300, ClassLimits.FRAME_SLOTS);
    m.visitEnd();
    return box.toByteArray();
  }

  private static byte[] woven(byte[] box) throws ClassNotFoundException {
    ClassLoader source =
        new ClassLoader(LoomTest.class.getClassLoader()) {
          @Override
          public InputStream getResourceAsStream(String name) {
            return name.equals(BOX + ".class")
                ? new ByteArrayInputStream(box)
                : super.getResourceAsStream(name);
          }
        };
    return new Loom(source).woven(BOX.replace('/', '.'));
  }
}

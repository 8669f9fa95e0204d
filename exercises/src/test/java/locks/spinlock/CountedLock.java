package locks.spinlock;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import threadmill.harness.Students;

/**
 * A spin lock that counts: the submission's own classes, loaded once more with a call of {@link
 * Operations} before each atomic swap and each pause.
 */
final class CountedLock {
  private final Object lock;

  CountedLock() throws Exception {
    Class<?> type = new Loader().loadClass(SpinLock.class.getName());
    try {
      lock = type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw theirs(e);
    }
  }

  void lock() throws Exception {
    call("lock");
  }

  void unlock() throws Exception {
    call("unlock");
  }

  private void call(String method) throws Exception {
    try {
      lock.getClass().getMethod(method).invoke(lock);
    } catch (InvocationTargetException e) {
      throw theirs(e);
    }
  }

  /** What the submission threw; an error is thrown here. */
  private static Exception theirs(InvocationTargetException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return (Exception) e.getCause();
  }

  private static final class Loader extends ClassLoader {
    Loader() {
      super(SpinLock.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : isTheirs(name) ? counted(name) : super.loadClass(name, resolve);
      }
    }

    private static boolean isTheirs(String name) {
      String file = name.replace('.', '/') + ".class";
      return Students.folder()
          .map(dir -> Files.exists(dir.resolve(file)))
          .orElseGet(() -> name.matches(Pattern.quote(SpinLock.class.getName()) + "(\\$.*)?"));
    }

    private Class<?> counted(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        ClassReader reader = new ClassReader(in);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Counting(writer), 0);
        byte[] code = writer.toByteArray();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static final class Counting extends ClassVisitor {
    private static final Pattern SWAP = Pattern.compile("(?i).*compareand.*|getand.*|.*andget");

    Counting(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, next) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String type, boolean isInterface) {
          boolean atomic =
              owner.startsWith("java/util/concurrent/atomic/")
                  || owner.equals("java/lang/invoke/VarHandle");
          if (atomic && SWAP.matcher(method).matches()) {
            count("swap");
          } else if (method.equals("onSpinWait")) {
            count("pause");
          }
          super.visitMethodInsn(opcode, owner, method, type, isInterface);
        }

        private void count(String what) {
          String owner = Operations.class.getName().replace('.', '/');
          super.visitMethodInsn(Opcodes.INVOKESTATIC, owner, what, "()V", false);
        }
      };
    }
  }
}

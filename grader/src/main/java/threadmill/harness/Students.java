package threadmill.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import threadmill.model.Where;

/**
 * Tells the student's code from everybody else's, and finds its lines.
 *
 * <p>The classes of the submission are those in the folder named by the system property {@code
 * threadmill.submission}. Without it, as in an IDE, everything outside well-known packages counts.
 */
public final class Students {
  private static final String FOLDER = System.getProperty("threadmill.submission");
  private static final List<String> OTHERS =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "threadmill.", "org.", "net.jqwik.");

  private Students() {}

  /** The folder of the submission's class files, if this is a graded run. */
  public static Optional<Path> folder() {
    return Optional.ofNullable(FOLDER).map(Path::of);
  }

  /** Whether this frame runs code of the submission. */
  public static boolean isTheirs(StackTraceElement frame) {
    return isTheirs(frame.getClassName());
  }

  /** Whether a class is the submission's, by name. */
  static boolean isTheirs(String className) {
    if (!isContractOrTheirs(className)) {
      return false;
    }
    return folder()
        .map(dir -> Files.exists(dir.resolve(className.replace('.', '/') + ".class")))
        .orElseGet(() -> !className.replaceAll("\\$.*", "").endsWith("Test"));
  }

  /** Whether a class is the submission's, a given one or the contract's, by name. */
  static boolean isContractOrTheirs(String className) {
    return OTHERS.stream().noneMatch(className::startsWith);
  }

  /** The innermost line of the submission in a stack. */
  public static Optional<Where> lineIn(StackTraceElement[] stack) {
    return Stream.of(stack).filter(Students::isTheirs).findFirst().map(Students::where);
  }

  /**
   * The first line of the submission's outermost method in a stack: the same wherever in it the
   * thread is seen.
   */
  static Optional<Where> beginningIn(StackTraceElement[] stack) {
    return Stream.of(stack)
        .filter(Students::isTheirs)
        .reduce((inner, outer) -> outer)
        .map(frame -> beginningOf(frame).orElse(where(frame)));
  }

  private static Optional<Where> beginningOf(StackTraceElement frame) {
    if (folder().isEmpty()) {
      return Optional.empty();
    }
    Path file = folder().get().resolve(frame.getClassName().replace('.', '/') + ".class");
    MethodAround around = new MethodAround(frame.getMethodName(), frame.getLineNumber());
    return read(file, around) ? around.beginning(where(frame).file()) : Optional.empty();
  }

  /** One of several lines, always the same whichever was seen first: by file and number. */
  static Optional<Where> firstOf(List<Where> lines) {
    return lines.stream().min(Comparator.comparing(Where::file).thenComparing(Where::line));
  }

  static Where where(StackTraceElement frame) {
    String name = frame.getClassName();
    int dot = name.lastIndexOf('.');
    String folder = dot < 0 ? "" : name.substring(0, dot + 1).replace('.', '/');
    return new Where(folder + frame.getFileName(), frame.getLineNumber());
  }

  /**
   * The first line of the method that a call names, as in {@code tryAcquire(50)}, {@code new
   * Mutex()} or {@code Mutex.lock()}: the name and the number of arguments decide, and the class
   * where it is named.
   */
  public static Optional<Where> lineOf(String call) {
    int open = call.indexOf('(');
    if (open < 0 || folder().isEmpty()) {
      return Optional.empty();
    }
    String name = call.substring(0, open).trim();
    boolean constructor = name.startsWith("new ");
    String method = constructor ? "<init>" : name.substring(name.lastIndexOf('.') + 1);
    String type = constructor ? name.substring(4) : typeOf(name);
    String inside = call.substring(open + 1, Math.max(open + 1, call.lastIndexOf(')')));
    int arguments = inside.isBlank() ? 0 : inside.split(",").length;
    List<Where> found = new ArrayList<>();
    for (Path file : classFiles()) {
      found.addAll(linesOf(file, method, arguments, type));
    }
    return found.stream().findFirst();
  }

  /** The class that a call is qualified with, or null; an object's name is none. */
  private static String typeOf(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && Character.isUpperCase(name.charAt(0)) ? name.substring(0, dot) : null;
  }

  static List<Path> classFiles() {
    try (Stream<Path> files = Files.walk(folder().orElseThrow())) {
      return files.filter(f -> f.toString().endsWith(".class")).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<Where> linesOf(Path file, String method, int arguments, String simpleName) {
    List<Where> lines = new ArrayList<>();
    return read(file, new FirstLines(lines, method, arguments, simpleName)) ? lines : List.of();
  }

  private static boolean read(Path file, ClassVisitor visitor) {
    try (InputStream in = Files.newInputStream(file)) {
      new ClassReader(in).accept(visitor, 0);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Finds the first line of the method of that name which contains a line. */
  private static final class MethodAround extends ClassVisitor {
    private final String method;
    private final int inside;
    private int beginning;

    MethodAround(String method, int inside) {
      super(Opcodes.ASM9);
      this.method = method;
      this.inside = inside;
    }

    Optional<Where> beginning(String file) {
      return beginning == 0 ? Optional.empty() : Optional.of(new Where(file, beginning));
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if (!name.equals(method)) {
        return null;
      }
      return new MethodVisitor(Opcodes.ASM9) {
        private int first;

        @Override
        public void visitLineNumber(int line, Label start) {
          first = first == 0 ? line : first;
          beginning = line == inside ? first : beginning;
        }
      };
    }
  }

  /** Collects the first line of each method of a name and a number of parameters. */
  private static final class FirstLines extends ClassVisitor {
    private final List<Where> lines;
    private final String method;
    private final int arguments;
    private final String simpleName;
    private String folder = "";
    private String source = "";
    private boolean matches = true;

    FirstLines(List<Where> lines, String method, int arguments, String simpleName) {
      super(Opcodes.ASM9);
      this.lines = lines;
      this.method = method;
      this.arguments = arguments;
      this.simpleName = simpleName == null ? null : simpleName.replaceAll("<.*", "");
    }

    @Override
    public void visit(
        int version, int access, String name, String sig, String superName, String[] interfaces) {
      folder = name.substring(0, name.lastIndexOf('/') + 1);
      matches = simpleName == null || name.endsWith("/" + simpleName);
    }

    @Override
    public void visitSource(String file, String debug) {
      source = file;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if (!matches
          || !name.equals(method)
          || Type.getArgumentTypes(descriptor).length != arguments) {
        return null;
      }
      return new MethodVisitor(Opcodes.ASM9) {
        private boolean first = true;

        @Override
        public void visitLineNumber(int line, Label start) {
          if (first) {
            lines.add(new Where(folder + source, line));
            first = false;
          }
        }
      };
    }
  }
}

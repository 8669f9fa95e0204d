package threadmill.run;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles submissions one by one in a process of their own and writes what the compiler said of
 * each to standard output: per error {@code true}, file, line and message, and {@code false} at the
 * end. It ends when its standard input closes, so it does not outlive the grader.
 */
final class CompilerMain {
  /** The JVM's own exit code when it is out of memory ({@code ExitOnOutOfMemoryError}). */
  static final int OUT_OF_RESOURCES = 3;

  private static final List<String> OPTIONS =
      List.of("-proc:none", "-implicit:none", "-g", "-nowarn", "-encoding", "UTF-8");

  private CompilerMain() {}

  /**
   * @param args for each submission: the output folder, the class path, the Java release, the
   *     number of sources, and the sources
   */
  public static void main(String[] args) throws IOException {
    Thread watch = new Thread(CompilerMain::endWithGrader, "grader watch");
    watch.setDaemon(true);
    watch.start();
    Iterator<String> words = List.of(args).iterator();
    while (words.hasNext()) {
      String classes = words.next();
      String classPath = words.next();
      String release = words.next();
      List<Path> sources = new ArrayList<>();
      for (int i = Integer.parseInt(words.next()); i > 0; i--) {
        sources.add(Path.of(words.next()));
      }
      report(compile(classes, classPath, release, sources));
    }
  }

  private static List<Diagnostic<? extends JavaFileObject>> compile(
      String classes, String classPath, String release, List<Path> sources) throws IOException {
    List<String> options = new ArrayList<>(OPTIONS);
    options.addAll(List.of("--release", release, "-d", classes, "-cp", classPath));
    options.addAll(List.of("-sourcepath", classes));
    var errors = new DiagnosticCollector<JavaFileObject>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(errors, Locale.ENGLISH, StandardCharsets.UTF_8)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      // What it prints of its own accord, a deep stack say, would fill a pipe that nobody reads.
      Writer nowhere = Writer.nullWriter();
      boolean compiled = compiler.getTask(nowhere, files, errors, options, null, units).call();
      if (!compiled && errors.getDiagnostics().stream().noneMatch(CompilerMain::isError)) {
        Runtime.getRuntime().halt(OUT_OF_RESOURCES);
      }
    } catch (StackOverflowError e) {
      Runtime.getRuntime().halt(OUT_OF_RESOURCES);
    }
    return errors.getDiagnostics();
  }

  private static void report(List<Diagnostic<? extends JavaFileObject>> all) throws IOException {
    DataOutputStream out = new DataOutputStream(System.out);
    for (Diagnostic<? extends JavaFileObject> error : all) {
      if (isError(error)) {
        out.writeBoolean(true);
        out.writeUTF(error.getSource() == null ? "" : error.getSource().getName());
        out.writeInt((int) Math.max(0, error.getLineNumber()));
        String message = error.getMessage(Locale.ENGLISH);
        out.writeUTF(message.substring(0, Math.min(message.length(), 2_000)));
      }
    }
    out.writeBoolean(false);
    out.flush();
  }

  private static boolean isError(Diagnostic<?> said) {
    return said.getKind() == Diagnostic.Kind.ERROR;
  }

  private static void endWithGrader() {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      // Closed in another way: the grader is gone all the same.
      Runtime.getRuntime().halt(9);
    }
    Runtime.getRuntime().halt(9);
  }
}

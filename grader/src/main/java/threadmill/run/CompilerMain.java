package threadmill.run;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles the sources of one submission in a process of its own and writes what the compiler said
 * to standard output: per error {@code true}, file, line and message, and {@code false} at the end.
 * It ends when its standard input closes, so it does not outlive the grader.
 */
final class CompilerMain {
  /** The JVM's own exit code when it is out of memory ({@code ExitOnOutOfMemoryError}). */
  static final int OUT_OF_RESOURCES = 3;

  private CompilerMain() {}

  /**
   * @param args the output folder, the class path, the Java release, and the sources
   */
  public static void main(String[] args) throws IOException {
    Thread watch = new Thread(CompilerMain::endWithGrader, "grader watch");
    watch.setDaemon(true);
    watch.start();
    List<Path> sources = Arrays.stream(args).skip(3).map(Path::of).toList();
    List<String> options =
        List.of(
            "-proc:none",
            "-implicit:none",
            "-g",
            "-nowarn",
            "-encoding",
            "UTF-8",
            "--release",
            args[2],
            "-d",
            args[0],
            "-cp",
            args[1],
            "-sourcepath",
            args[0]);
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
    report(errors.getDiagnostics());
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

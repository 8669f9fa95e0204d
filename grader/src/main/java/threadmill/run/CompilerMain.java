package threadmill.run;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles submissions one by one in a process of their own and writes what came of each to
 * standard output: items that begin with a byte, the last of them {@link #END}. It ends when its
 * standard input closes, so it does not outlive the grader.
 */
final class CompilerMain {
  /** Nothing more of this submission. */
  static final int END = 0;

  /** An error in the sources: file, line and message. */
  static final int ERROR = 1;

  /** A limit that the submission exceeds: a sentence. */
  static final int TOO_MUCH = 2;

  /** Why the compiler could not do its work, which speaks against nobody: a sentence. */
  static final int FAULT = 3;

  /** The JVM's own exit code when it is out of memory ({@code ExitOnOutOfMemoryError}). */
  static final int OUT_OF_RESOURCES = 3;

  private static final int LONGEST = 2_000;
  private static final Pattern THROWN =
      Pattern.compile("^(?:[a-z]\\w*\\.)+\\w+(?:Error|Exception|Failure)\\b", Pattern.MULTILINE);

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
      compile(classes, classPath, release, sources);
    }
  }

  private static void compile(String classes, String classPath, String release, List<Path> sources)
      throws IOException {
    List<String> options = new ArrayList<>(OPTIONS);
    options.addAll(List.of("--release", release, "-d", classes, "-cp", classPath));
    options.addAll(List.of("-sourcepath", classes));
    var errors = new DiagnosticCollector<JavaFileObject>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager standard =
            compiler.getStandardFileManager(errors, Locale.ENGLISH, StandardCharsets.UTF_8);
        ClassFiles files = new ClassFiles(standard)) {
      var units = standard.getJavaFileObjectsFromPaths(sources);
      // What it prints of its own accord; on standard output it would fill a pipe.
      StringWriter said = new StringWriter();
      boolean compiled =
          isCompiled(compiler.getTask(said, files, errors, options, null, units), said);
      boolean wrong = errors.getDiagnostics().stream().anyMatch(CompilerMain::isError);
      if (!compiled && !wrong && files.stop().isEmpty()) {
        report(errors.getDiagnostics(), Optional.of(crash(said.toString())));
      } else {
        report(errors.getDiagnostics(), wrong ? Optional.empty() : files.stop());
      }
    } catch (StackOverflowError e) {
      Runtime.getRuntime().halt(OUT_OF_RESOURCES);
    }
  }

  /** What stops the writing of class files is thrown through the compiler. */
  private static boolean isCompiled(JavaCompiler.CompilationTask task, StringWriter said) {
    try {
      return task.call();
    } catch (RuntimeException e) {
      said.write("\n" + (e.getCause() == null ? e : e.getCause()).getClass().getName());
      return false;
    }
  }

  /** Ends this process if memory or stack ran out; else the compiler itself failed. */
  static ClassFiles.Stop crash(String said) {
    Matcher thrown = THROWN.matcher(said);
    String what = thrown.find() ? thrown.group() : "unknown";
    if (what.endsWith("StackOverflowError") || what.endsWith("OutOfMemoryError")) {
      Runtime.getRuntime().halt(OUT_OF_RESOURCES);
    }
    return new ClassFiles.Stop(true, "the compiler itself failed (" + what + ")");
  }

  private static void report(
      List<Diagnostic<? extends JavaFileObject>> all, Optional<ClassFiles.Stop> stop)
      throws IOException {
    DataOutputStream out = new DataOutputStream(System.out);
    for (Diagnostic<? extends JavaFileObject> error : all) {
      if (isError(error)) {
        out.writeByte(ERROR);
        out.writeUTF(error.getSource() == null ? "" : error.getSource().getName());
        out.writeInt((int) Math.max(0, error.getLineNumber()));
        out.writeUTF(cut(error.getMessage(Locale.ENGLISH)));
      }
    }
    if (stop.isPresent()) {
      out.writeByte(stop.get().ours() ? FAULT : TOO_MUCH);
      out.writeUTF(cut(stop.get().sentence()));
    }
    out.writeByte(END);
    out.flush();
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST));
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

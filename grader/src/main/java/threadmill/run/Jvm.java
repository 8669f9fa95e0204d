package threadmill.run;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Command lines of child JVMs: this JVM's own {@code java}, small and quick to start. */
final class Jvm {
  private static final List<String> FLAGS =
      List.of(
          "-Xmx256m",
          "-Xss512k",
          "-XX:MaxDirectMemorySize=64m",
          "-XX:MaxMetaspaceSize=128m",
          "-XX:ReservedCodeCacheSize=64m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          // Threads that appear in the middle of a check must be the student's.
          "-XX:-UseDynamicNumberOfCompilerThreads",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:+DisableAttachMechanism",
          "-XX:-UsePerfData",
          "-XX:ErrorFile=/dev/null",
          "-Xshare:auto",
          // What the JVM has to say of its archives is not the student's output.
          "-Xlog:disable",
          // Why it cannot start is no answer of the compiler's.
          "-XX:+DisplayVMOutputToStderr",
          "-Dfile.encoding=UTF-8",
          // A finding is the same in every country, and so are javac's messages.
          "-Duser.language=en",
          "-Duser.country=US");

  /** What the explorer needs of the JDK: its concurrent classes are woven as copies. */
  private static final List<String> EXPORTED =
      List.of(
          "jdk.internal.access",
          "jdk.internal.invoke",
          "jdk.internal.misc",
          "jdk.internal.reflect",
          "jdk.internal.util",
          "jdk.internal.util.random",
          "jdk.internal.vm",
          "jdk.internal.vm.annotation");

  private Jvm() {}

  /**
   * What a JVM with this class path must be able to read. The grader's libraries lie in one folder
   * and are readable all together: the class-data archive is used only where every jar is found
   * that the grader's own names.
   */
  static List<Path> readable(String classPath) {
    Stream<Path> entries =
        Stream.of(classPath.split(File.pathSeparator))
            .map(Path::of)
            .map(p -> p.getParent() != null && p.getParent().endsWith("lib") ? p.getParent() : p);
    return Stream.concat(entries, ClassArchive.file().stream()).distinct().toList();
  }

  /** A JVM like those of {@link #command} that says its version and ends. */
  static List<String> version(String classPath, List<String> properties) {
    return command(classPath, properties, "-version", List.of());
  }

  static List<String> command(
      String classPath, List<String> properties, String main, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    Set<String> packages = Object.class.getModule().getPackages();
    EXPORTED.stream()
        .filter(packages::contains)
        .forEach(p -> command.addAll(List.of("--add-exports", "java.base/" + p + "=ALL-UNNAMED")));
    command.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"));
    command.addAll(properties);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(args);
    return command;
  }
}

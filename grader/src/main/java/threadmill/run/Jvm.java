package threadmill.run;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import threadmill.explore.weave.Copies;
import threadmill.explore.weave.JdkInternals;

/**
 * Command lines of child JVMs: this JVM's own {@code java}, small and quick to start. The grader
 * and the explorer's copies of the JDK's classes are named modules there, and the JDK is opened to
 * them alone: to the code beside them, a submission's and the libraries', their state is out of
 * reach.
 */
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
          "-XX:-EnableDynamicAgentLoading",
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

  /**
   * On one or two processors the JDK gives each asynchronous task a thread of its own instead, and
   * what is wrong on a larger machine would pass on this one.
   */
  private static final String COMMON_POOL =
      "-Djava.util.concurrent.ForkJoinPool.common.parallelism=";

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
    List<String> all = new ArrayList<>(properties);
    // What comes after it is not read any more.
    all.add("-version");
    return command(classPath, all, "", List.of());
  }

  static List<String> command(
      String classPath, List<String> properties, String main, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.add(COMMON_POOL + Math.max(3, Runtime.getRuntime().availableProcessors() - 1));
    Map<Boolean, List<String>> entries =
        Stream.of(classPath.split(File.pathSeparator))
            .collect(Collectors.partitioningBy(ClassPaths::isModule));
    List<String> modules = entries.get(true);
    String named =
        modules.size() == 1 ? GraderModule.NAME : GraderModule.NAME + "," + Copies.MODULE;
    JdkInternals.packages()
        .forEach(p -> add(command, "--add-exports", "java.base/" + p + "=" + named));
    for (String looked : List.of("java.lang", "java.util.concurrent")) {
      add(command, "--add-opens", "java.base/" + looked + "=" + named);
    }
    add(command, "--module-path", String.join(File.pathSeparator, modules));
    add(command, "--add-modules", named);
    add(command, "--add-reads", GraderModule.NAME + "=ALL-UNNAMED");
    if (modules.size() > 1) {
      add(command, "--add-reads", GraderModule.NAME + "=" + Copies.MODULE);
      add(command, "--add-reads", Copies.MODULE + "=" + GraderModule.NAME);
    }
    command.addAll(properties);
    add(command, "-cp", String.join(File.pathSeparator, entries.get(false)));
    add(command, "-m", GraderModule.NAME + "/" + main);
    command.addAll(args);
    return command;
  }

  private static void add(List<String> command, String option, String value) {
    command.add(option);
    command.add(value);
  }
}

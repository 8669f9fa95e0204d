package bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A JDK, and JVMs of it. */
record Java(Path home, int version) {
  /** Small and quick to start, as the grader's own children are. */
  private static final List<String> SMALL =
      List.of("-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  /** What the explorer needs; see threadmill.run.Jvm. */
  private static final List<String> EXPORTED =
      List.of("access", "invoke", "misc", "reflect", "util", "util.random", "vm", "vm.annotation");

  static Java current() {
    return new Java(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  static Java at(Path home) throws IOException, InterruptedException {
    int[] version = new int[1];
    new Java(home, 0)
        .run(
            List.of("-XshowSettings:properties", "-version"),
            60,
            line -> {
              if (line.strip().startsWith("java.specification.version = ")) {
                version[0] = Integer.parseInt(line.strip().substring(29));
              }
            });
    if (version[0] == 0) {
      throw new IOException("no JDK in " + home);
    }
    return new Java(home, version[0]);
  }

  static List<String> forExplorer() {
    List<String> flags = new ArrayList<>(SMALL);
    flags.add("-Xmx256m");
    flags.addAll(access());
    return flags;
  }

  /** Without limits that would hide what a JVM can do. */
  static List<String> access() {
    List<String> flags = new ArrayList<>();
    EXPORTED.forEach(
        p ->
            flags.addAll(List.of("--add-exports", "java.base/jdk.internal." + p + "=ALL-UNNAMED")));
    flags.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"));
    return flags;
  }

  /** The same small JVM, in which Lincheck too is quicker than in the usual one; more memory. */
  List<String> forLincheck() {
    List<String> flags = new ArrayList<>(SMALL);
    flags.addAll(
        List.of(
            "-Xmx1g",
            "--add-opens",
            "java.base/java.lang=ALL-UNNAMED",
            "--add-opens",
            "java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports",
            "java.base/jdk.internal.util=ALL-UNNAMED"));
    if (version < 24) {
      flags.addAll(List.of("--add-exports", "java.base/sun.security.action=ALL-UNNAMED"));
    }
    if (version > 20) {
      flags.add("-XX:+EnableDynamicAgentLoading");
    }
    return flags;
  }

  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.addAll(arguments);
    return command;
  }

  /** Arguments with this JVM's class path and a main class. */
  static List<String> arguments(List<String> flags, String main, List<String> arguments) {
    return arguments("", flags, main, arguments);
  }

  /** The same with one more entry before the class path, or none. */
  static List<String> arguments(
      String more, List<String> flags, String main, List<String> arguments) {
    String classPath = System.getProperty("java.class.path");
    List<String> all = new ArrayList<>(flags);
    all.addAll(
        List.of("-cp", more.isEmpty() ? classPath : more + File.pathSeparator + classPath, main));
    all.addAll(arguments);
    return all;
  }

  /**
   * Runs a JVM to its end, or kills it.
   *
   * @return whether it ended by itself
   */
  boolean run(List<String> arguments, long seconds, Consumer<String> lines)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
    Thread reader =
        new Thread(
            () -> {
              try (var in = process.inputReader()) {
                in.lines().forEach(lines);
              } catch (IOException | java.io.UncheckedIOException e) {
                // Killed.
              }
            });
    reader.start();
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    reader.join(5_000);
    return ended;
  }
}

package threadmill.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
          "-Dfile.encoding=UTF-8");

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

package threadmill;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of child JVMs: this JVM's own {@code java} and class path, quick to start. */
public final class JavaCommand {
  private static final List<String> FLAGS =
      List.of(
          "-Xmx64m",
          "-Xshare:auto",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          // What a crash leaves behind otherwise.
          "-XX:ErrorFile=/dev/null",
          "-XX:-CreateCoredumpOnCrash");

  private JavaCommand() {}

  /** The words for {@link ProcessBuilder} that run the {@code main} of a class. */
  public static List<String> of(Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(FLAGS);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    words.addAll(List.of(arguments));
    return words;
  }
}

package threadmill.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InkTest {
  @Test
  void a_terminal_is_written_to_in_colour_and_a_file_is_not() throws Exception {
    assertEquals("COLOURED PLAIN", ask(Map.of("TERM", "xterm")));
  }

  @Test
  void no_color_is_respected() throws Exception {
    assertEquals("PLAIN PLAIN", ask(Map.of("TERM", "xterm", "NO_COLOR", "1")));
  }

  @Test
  void an_empty_no_color_says_nothing() throws Exception {
    assertEquals("COLOURED PLAIN", ask(Map.of("TERM", "xterm", "NO_COLOR", "")));
  }

  @Test
  void a_dumb_terminal_gets_no_colour() throws Exception {
    assertEquals("PLAIN PLAIN", ask(Map.of("TERM", "dumb")));
  }

  @Test
  void plain_ink_leaves_a_text_as_it_is() {
    assertEquals("x", Ink.PLAIN.red("x"));
    assertEquals("\u001B[31mx\u001B[0m", Ink.COLOURED.red("x"));
  }

  private static String ask(Map<String, String> environment) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                home(Ink.class) + File.pathSeparator + home(InkTest.class),
                Main.class.getName()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.lines().collect(Collectors.joining());
  }

  private static Path home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Speaks in another JVM, since an environment cannot be changed from within. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      System.out.print(
          Stream.of(true, false)
              .map(Ink::forTerminal)
              .map(Ink::name)
              .collect(Collectors.joining(" ")));
    }
  }
}

package threadmill.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"US-ASCII", "EUC-KR", "x-windows-949", "ISO-8859-1", "UTF-8", "UTF-16BE"})
  void the_marks_of_all_verdicts_can_be_told_apart(String charset) {
    Set<String> marks =
        Set.of("✓", "✗", "…", "?", "·").stream()
            .map(mark -> shown(mark, charset))
            .collect(Collectors.toSet());
    assertEquals(5, marks.size(), marks::toString);
  }

  @Test
  void what_the_charset_has_comes_out_in_it() {
    assertEquals("  x 김철수 … µs", shown("  ✗ 김철수 … µs", "EUC-KR").replace("us", "µs"));
    assertEquals("✓ 김철수", shown("✓ 김철수", "UTF-8"));
  }

  @Test
  void what_it_has_not_can_still_be_told_apart() {
    assertEquals("+ \\uae40 \\ud83d\\ude80 ...", shown("✓ 김 🚀 …", "US-ASCII"));
  }

  @Test
  void a_character_may_arrive_byte_by_byte() {
    PrintStream out = stream(StandardCharsets.US_ASCII, StandardCharsets.US_ASCII);
    for (byte each : "a✓\n".getBytes(StandardCharsets.UTF_8)) {
      out.write(each);
    }
    assertEquals("a+\n", written.toString(StandardCharsets.US_ASCII));
  }

  @Test
  void under_maven_the_text_is_made_legible_and_written_as_maven_reads_it() {
    stream(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8).print("✓ Zoë");
    assertEquals("+ Zoë", written.toString(StandardCharsets.UTF_8));
  }

  private String shown(String text, String charset) {
    written.reset();
    stream(Charset.forName(charset), Charset.forName(charset)).print(text);
    return written.toString(Charset.forName(charset));
  }

  private PrintStream stream(Charset shown, Charset bytes) {
    return Terminal.stream(written, shown, bytes);
  }
}

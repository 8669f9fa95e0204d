package threadmill.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  /** Escapes are those of Java; a question mark in a box stands for what is not printed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x\\n::error file=a.java::forged | x□::error file=a.java::forged
          ::error::forged                | □:error::forged
          \\t ::add-mask::x               | \\t □:add-mask::x
          a ##[error]forged              | a □□[error]forged
          \\u001b[32mpassed\\u001b[0m      | □[32mpassed□[0m
          \\r\\u0085\\u2028over            | □□□over
          \\u202egnirts\\u2066             | □gnirts□
          임계 영역 ## C::d() 100 % ✓      | 임계 영역 ## C::d() 100 % ✓
          """)
  void what_would_steer_a_terminal_or_a_ci_system_is_not_printed(String text, String printed) {
    assertEquals(printed.translateEscapes().replace('□', '\uFFFD'), Printable.of(unescaped(text)));
  }

  /** With the escapes for Unicode, which translateEscapes leaves to the compiler. */
  private static String unescaped(String text) {
    return java.util.regex.Pattern.compile("\\\\u([0-9a-f]{4})")
        .matcher(text)
        .replaceAll(found -> "" + (char) Integer.parseInt(found.group(1), 16))
        .translateEscapes();
  }
}

package threadmill.report;

import java.util.regex.Pattern;

/**
 * Text of a submission as it may be printed: no character of it moves a cursor, begins a line,
 * changes the order of letters or speaks to the CI system that shows it.
 */
final class Printable {
  private static final Pattern CONTROL =
      Pattern.compile(
          "[\\p{Cc}&&[^\t]]|[\u2028\u2029\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]");

  /** GitHub Actions obeys this anywhere in a line, and a double colon at its beginning. */
  private static final Pattern COMMAND = Pattern.compile("##(?=\\[)|^(\\s*):(?=:)");

  private Printable() {}

  /** In one line. */
  static String of(String text) {
    String plain = CONTROL.matcher(text).replaceAll("\uFFFD");
    return COMMAND
        .matcher(plain)
        .replaceAll(found -> found.group().replace('#', '\uFFFD').replace(':', '\uFFFD'));
  }
}

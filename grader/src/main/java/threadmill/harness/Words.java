package threadmill.harness;

import java.util.regex.Pattern;

/** Values as they appear in sentences. */
final class Words {
  private static final int LONGEST = 120;

  /** What {@code Object.toString} adds to the name of a class, which differs each time. */
  private static final Pattern IDENTITY = Pattern.compile("(/0x[0-9a-f]+)?@[0-9a-f]{1,8}\\b");

  private Words() {}

  /** The value in one line of bounded length; a student's own {@code toString} is not trusted. */
  static String shown(Object value) {
    String text;
    try {
      text =
          value instanceof String s
              ? '"' + s + '"'
              : IDENTITY.matcher(String.valueOf(value)).replaceAll("");
    } catch (Throwable hostile) {
      text = value.getClass().getSimpleName();
    }
    String line = text.replaceAll("\\R", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}

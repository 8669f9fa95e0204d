package threadmill.harness;

/** Values as they appear in sentences. */
final class Words {
  private static final int LONGEST = 120;

  private Words() {}

  /** The value in one line of bounded length; a student's own {@code toString} is not trusted. */
  static String shown(Object value) {
    String text;
    try {
      text = value instanceof String s ? '"' + s + '"' : String.valueOf(value);
    } catch (Throwable hostile) {
      text = value.getClass().getSimpleName();
    }
    String line = text.replaceAll("\\R", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}

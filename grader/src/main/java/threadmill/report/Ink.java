package threadmill.report;

/** Colours for a terminal, or nothing at all. */
public enum Ink {
  PLAIN,
  COLOURED;

  /** Coloured on a terminal, unless {@code NO_COLOR} is set (no-color.org). */
  public static Ink forTerminal(boolean terminal) {
    String refused = System.getenv("NO_COLOR");
    boolean wanted = refused == null || refused.isEmpty();
    return terminal && wanted && !"dumb".equals(System.getenv("TERM")) ? COLOURED : PLAIN;
  }

  String green(String text) {
    return in("32", text);
  }

  String red(String text) {
    return in("31", text);
  }

  String yellow(String text) {
    return in("33", text);
  }

  String faint(String text) {
    return in("2", text);
  }

  String bold(String text) {
    return in("1", text);
  }

  private String in(String code, String text) {
    return this == COLOURED ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
  }
}

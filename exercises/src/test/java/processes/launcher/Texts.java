package processes.launcher;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Texts that a child says, and how they are shown. */
final class Texts {
  private Texts() {}

  /** Text of exactly so many bytes in UTF-8, most of its characters longer than one. */
  static String textOf(int bytes, Random random) {
    String[] characters = {"a", "\n", "\r\n", "é", "€", "😀"};
    StringBuilder text = new StringBuilder("x".repeat(Math.min(bytes, random.nextInt(4))));
    int left = bytes - text.length();
    while (left > 0) {
      String next = left < 4 ? "x" : characters[random.nextInt(characters.length)];
      text.append(next);
      left -= next.getBytes(StandardCharsets.UTF_8).length;
    }
    return text.toString();
  }

  /** The bytes of a text as {@code printf %b} wants them. */
  static String octal(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      escaped.append("\\0%03o".formatted(b & 0xff));
    }
    return escaped.toString();
  }

  /** A few characters from there on, with the invisible ones made visible. */
  static String excerpt(String text, int from) {
    String part = text.substring(from, Math.min(text.length(), from + 20));
    String plain = part.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
    return part.isEmpty() ? "nothing" : '"' + plain + '"';
  }
}

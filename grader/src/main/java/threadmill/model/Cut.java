package threadmill.model;

import java.util.ArrayList;
import java.util.List;

/** Keeps what is told of a submission within bounds, whatever the submission says. */
final class Cut {
  private static final int SHORT = 40;

  private Cut() {}

  /** The beginning of a text, with an ellipsis where something is missing. */
  static String text(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }

  /**
   * The first of some lines, and how many are missing; cut twice is the same as cut once.
   *
   * @param most number of lines
   * @param longest characters of a line
   * @param all characters of all lines, but for short ones
   */
  static List<String> lines(List<String> lines, int most, int longest, int all) {
    List<String> kept = new ArrayList<>();
    int room = all;
    for (String line : lines) {
      String cut = text(line, longest);
      boolean tooMany = kept.size() == most - 1 && lines.size() > most;
      if (tooMany || cut.length() > room && cut.length() > SHORT) {
        kept.add("… and " + (lines.size() - kept.size()) + " more");
        break;
      }
      kept.add(cut);
      room -= cut.length();
    }
    return List.copyOf(kept);
  }
}

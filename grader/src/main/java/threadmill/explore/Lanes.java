package threadmill.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import threadmill.explore.sim.Story;

/** A story side by side: a column for each thread, time going down. */
final class Lanes {
  private static final int WIDTH = 100;
  private static final int MOST_LINES = 40;
  private static final int GAP = 2;

  private Lanes() {}

  /**
   * What the threads did, without the scenario's own preparations, and library calls in one line.
   */
  static List<Story.Line> relevant(List<Story.Line> all) {
    List<Story.Line> result = new ArrayList<>();
    for (Story.Line line : all) {
      if (line.thread() == 0 || line.text().isEmpty()) {
        continue;
      }
      Story.Line last = result.isEmpty() ? null : result.get(result.size() - 1);
      boolean sameCall =
          last != null
              && !line.call().isEmpty()
              && last.thread() == line.thread()
              && last.call().equals(line.call())
              && last.where().equals(line.where());
      if (sameCall) {
        result.remove(result.size() - 1);
      }
      result.add(
          line.call().isEmpty()
              ? line
              : new Story.Line(
                  line.thread(), line.where(), line.call(), line.theirs(), inLibrary(line)));
    }
    return withoutRepeats(result);
  }

  /**
   * Where a thread stood still between two of its lines while another one ran: what its author did
   * not think of. The first such place.
   */
  static Optional<String> gap(List<Story.Line> lines, List<String> names) {
    for (int i = 2; i < lines.size(); i++) {
      Story.Line after = lines.get(i);
      int before = i - 1;
      while (before >= 0 && lines.get(before).thread() != after.thread()) {
        before--;
      }
      boolean stood = before >= 0 && before < i - 1;
      if (stood && after.theirs() && lines.get(before).theirs()) {
        Story.Line last = lines.get(before);
        List<String> others =
            lines.subList(before + 1, i).stream()
                .filter(Story.Line::theirs)
                .map(l -> names.get(l.thread()))
                .distinct()
                .toList();
        if (!others.isEmpty() && last.where().isPresent() && after.where().isPresent()) {
          return Optional.of(
              "between "
                  + last.where().get()
                  + " and "
                  + after.where().get()
                  + " of "
                  + names.get(after.thread())
                  + ", "
                  + String.join(" and ", others)
                  + " ran");
        }
      }
    }
    return Optional.empty();
  }

  /** A line that a thread repeats without end is told twice. */
  private static List<Story.Line> withoutRepeats(List<Story.Line> lines) {
    List<Story.Line> result = new ArrayList<>();
    for (Story.Line line : lines) {
      int size = result.size();
      Story.Line more =
          new Story.Line(line.thread(), Optional.empty(), "", line.theirs(), "… and so on");
      boolean told =
          size > 2 && result.get(size - 1).equals(more) && result.get(size - 2).equals(line);
      if (told) {
        continue;
      }
      boolean again =
          size > 1 && result.get(size - 1).equals(line) && result.get(size - 2).equals(line);
      result.add(again ? more : line);
    }
    return result;
  }

  /** What a call of the library's did; of an atomic, also the value. */
  private static String inLibrary(Story.Line line) {
    String text = line.text();
    int colon = text.indexOf(": ");
    if (colon < 0) {
      return line.call() + "() " + text;
    }
    if (!line.call().startsWith("Atomic")) {
      return line.call() + "()";
    }
    String value = text.substring(colon + 2);
    String how = text.startsWith("reads ") ? " → " : text.startsWith("finds ") ? " fails: " : ": ";
    return line.call() + "()" + how + value;
  }

  static List<String> draw(List<Story.Line> lines, List<String> names) {
    List<Integer> threads = lines.stream().map(Story.Line::thread).distinct().sorted().toList();
    if (threads.isEmpty()) {
      return List.of();
    }
    int width = Math.max(24, WIDTH / threads.size());
    List<String> drawn = new ArrayList<>();
    StringBuilder head = new StringBuilder();
    for (int thread : threads) {
      head.append(pad(names.get(thread), width));
    }
    drawn.add(head.toString().stripTrailing());
    int skipped = Math.max(0, lines.size() - MOST_LINES);
    if (skipped > 0) {
      drawn.add("… " + skipped + " earlier steps …");
    }
    for (Story.Line line : lines.subList(skipped, lines.size())) {
      String indent = " ".repeat(threads.indexOf(line.thread()) * width);
      String where = line.where().map(w -> w + "  ").orElse("");
      drawn.addAll(wrap(where, line.text(), indent, width - GAP));
    }
    return drawn;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static List<String> wrap(String where, String text, String indent, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(where);
    for (String word : text.split(" ")) {
      boolean full = line.length() + word.length() > width && line.toString().strip().length() > 0;
      if (full && line.length() > where.length()) {
        lines.add((indent + line).stripTrailing());
        line = new StringBuilder("  ");
      }
      line.append(word).append(' ');
    }
    lines.add((indent + line).stripTrailing());
    return lines;
  }
}

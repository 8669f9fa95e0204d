package threadmill.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the task text of an exercise says before its hints, sentence by sentence: those of
 * paragraphs and list items, and each row of a table as one, its cells joined by colons. Headings,
 * heads of tables and blocks of code say nothing that could be checked.
 */
final class TaskText {
  private static final Pattern ITEM = Pattern.compile("(?:[-*]|\\d+\\.) .*");
  private static final Pattern RULE = Pattern.compile("\\|[-:| ]+\\|");
  private static final Pattern END_OF_SENTENCE =
      Pattern.compile("(?<=[.!?]|[.!?]\\*\\*)\\s+(?=[A-Z`*(…\"])");

  private final List<String> sentences = new ArrayList<>();
  private final StringBuilder block = new StringBuilder();
  private String row;
  private boolean inTable;

  private TaskText() {}

  /**
   * @param body what comes after the front matter
   */
  static List<String> sentences(String body) {
    TaskText text = new TaskText();
    boolean code = false;
    for (String line : body.split("\\R")) {
      if (line.startsWith("## Hint")) {
        break;
      }
      if (line.startsWith("```")) {
        code = !code;
        text.endBlock();
      } else if (!code) {
        text.line(line.strip());
      }
    }
    text.endBlock();
    return List.copyOf(text.sentences);
  }

  private void line(String line) {
    if (line.startsWith("|")) {
      row(line);
      return;
    }
    if (line.isEmpty() || line.startsWith("#") || ITEM.matcher(line).matches()) {
      endBlock();
    }
    if (!line.startsWith("#")) {
      String words = ITEM.matcher(line).matches() ? line.substring(line.indexOf(' ')) : line;
      block.append(' ').append(words.strip());
    }
  }

  /** The row above a rule is the head of its table. */
  private void row(String line) {
    if (RULE.matcher(line).matches()) {
      row = null;
      inTable = true;
      return;
    }
    endRow();
    if (!inTable) {
      endBlock();
    }
    row = line;
  }

  private void endRow() {
    if (row != null) {
      List<String> cells = new ArrayList<>();
      for (String cell : row.substring(1).split("\\|")) {
        if (!cell.isBlank()) {
          cells.add(cell.strip());
        }
      }
      sentences.add(String.join(": ", cells));
    }
    row = null;
  }

  private void endBlock() {
    endRow();
    inTable = false;
    String text = block.toString().strip();
    block.setLength(0);
    if (!text.isEmpty()) {
      sentences.addAll(List.of(END_OF_SENTENCE.split(text)));
    }
  }
}

package threadmill.kit;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A wrong program as a unified diff to a right one, below a head that says what is wrong about it.
 * It applies exactly or not at all. Immutable.
 */
final class MutantPatch {
  static final String ENDING = ".patch";

  private static final int CONTEXT = 3;

  /** How many lines at the edges of a hunk may have changed. */
  private static final int FUZZ = 2;

  private static final String NOTHING = "/dev/null";
  private static final Pattern HEAD =
      Pattern.compile(
          "Operator: (\\S.*)\\nRejected-By: (\\S+)\\nBase: (\\S+)\\nStory: (\\S.*)\\n\\n");
  private static final Pattern FILE =
      Pattern.compile(
          "^--- (a/(\\S+)|/dev/null)\\n\\+\\+\\+ b/(\\S+)\\n(?=@@ )", Pattern.MULTILINE);

  private final Mistake mistake;
  private final Map<String, String> diffs;

  private MutantPatch(Mistake mistake, Map<String, String> diffs) {
    this.mistake = mistake;
    this.diffs = diffs;
  }

  /**
   * @param name for what is said if it is no patch
   * @throws KitException if the head lacks a line, or there is no diff
   */
  static MutantPatch parse(String text, String name) {
    Matcher head = matched(text, name);
    Map<String, String> diffs = new LinkedHashMap<>();
    Matcher file = FILE.matcher(text).region(head.end(), text.length());
    String last = null;
    int from = head.end();
    while (file.find()) {
      if (last != null) {
        diffs.put(last, text.substring(from, file.start()));
      }
      last = file.group(3);
      from = file.start();
    }
    if (last == null) {
      throw new KitException(name + " has no diff: a line '--- a/FILE' and one '+++ b/FILE'");
    }
    diffs.put(last, text.substring(from));
    return new MutantPatch(mistake(head), diffs);
  }

  /** The head alone, as {@link #parse} reads it. */
  static Mistake head(String text, String name) {
    return mistake(matched(text, name));
  }

  private static Matcher matched(String text, String name) {
    Matcher head = HEAD.matcher(text);
    if (!head.lookingAt()) {
      throw new KitException(
          name
              + " must begin with the lines Operator:, Rejected-By:, Base: and Story:, and an empty"
              + " one");
    }
    return head;
  }

  private static Mistake mistake(Matcher head) {
    return new Mistake(head.group(1), head.group(2), head.group(3), head.group(4));
  }

  /** What leads from one program to another, each a text for every file name. */
  static MutantPatch between(
      Mistake mistake, Map<String, String> right, Map<String, String> wrong) {
    Map<String, String> diffs = new LinkedHashMap<>();
    for (String file : new TreeSet<>(wrong.keySet())) {
      List<String> before = lines(right.getOrDefault(file, ""));
      Patch<String> patch = DiffUtils.diff(before, lines(wrong.get(file)));
      if (!patch.getDeltas().isEmpty()) {
        String from = right.containsKey(file) ? "a/" + file : NOTHING;
        List<String> diff =
            UnifiedDiffUtils.generateUnifiedDiff(from, "b/" + file, before, patch, CONTEXT);
        diffs.put(file, String.join("\n", diff) + "\n");
      }
    }
    return new MutantPatch(mistake, diffs);
  }

  /** Of a text that ends with a line break, which all of ours do. */
  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\\n"));
  }

  Mistake mistake() {
    return mistake;
  }

  /** How many lines of its files are others than those of the right program. */
  int changedLines() {
    int changed = 0;
    for (String diff : diffs.values()) {
      for (AbstractDelta<String> delta : parsed(diff).getDeltas()) {
        changed += Math.max(delta.getSource().size(), delta.getTarget().size());
      }
    }
    return changed;
  }

  /**
   * The wrong program.
   *
   * @param right the text of each file of the one that this patch was made for
   * @throws PatchFailedException naming the file and hunk that do not fit
   */
  Map<String, String> apply(Map<String, String> right) throws PatchFailedException {
    Map<String, String> wrong = new TreeMap<>(right);
    for (Map.Entry<String, String> diff : diffs.entrySet()) {
      String file = diff.getKey();
      List<String> lines = lines(right.getOrDefault(file, ""));
      try {
        List<String> patched = parsed(diff.getValue()).applyTo(lines);
        wrong.put(file, String.join("\n", patched) + "\n");
      } catch (PatchFailedException e) {
        throw new PatchFailedException(file + ", " + misfit(diff.getValue(), lines));
      }
    }
    return wrong;
  }

  private static Patch<String> parsed(String diff) {
    return UnifiedDiffUtils.parseUnifiedDiff(lines(diff));
  }

  /** The head of the first hunk that does not fit, as the diff has it. */
  private static String misfit(String diff, List<String> lines) {
    return hunks(diff).stream()
        .filter(hunk -> applied(hunk, lines, 0).isEmpty())
        .findFirst()
        .map(hunk -> hunk.substring(0, hunk.indexOf('\n')))
        .orElse("all hunks together");
  }

  private static List<String> hunks(String diff) {
    return List.of(diff.substring(diff.indexOf("\n@@ ") + 1).split("(?m)(?=^@@ )"));
  }

  /** A hunk applied alone, at other lines and with other neighbours too where that is allowed. */
  private static Optional<List<String>> applied(String hunk, List<String> lines, int fuzz) {
    Patch<String> patch = parsed("--- a\n+++ b\n" + hunk);
    try {
      return Optional.of(fuzz == 0 ? patch.applyTo(lines) : patch.applyFuzzy(lines, fuzz));
    } catch (PatchFailedException e) {
      return Optional.empty();
    }
  }

  /**
   * As much of the wrong program as can still be made, from a right one that has changed.
   *
   * @param left is given the hunks that do not fit anywhere
   */
  Map<String, String> applyWhatFits(Map<String, String> right, List<String> left) {
    Map<String, String> wrong = new TreeMap<>(right);
    diffs.forEach(
        (file, diff) -> {
          List<String> lines = lines(right.getOrDefault(file, ""));
          List<String> hunks = new ArrayList<>(hunks(diff));
          // From the last one on, so that those before it stay where they are.
          Collections.reverse(hunks);
          for (String hunk : hunks) {
            Optional<List<String>> next = applied(hunk, lines, 0);
            next = next.isPresent() ? next : applied(hunk, lines, FUZZ);
            if (next.isEmpty()) {
              left.add(file + "\n" + hunk);
            }
            lines = next.orElse(lines);
          }
          wrong.put(file, String.join("\n", lines) + "\n");
        });
    return wrong;
  }

  /** As its file has it. */
  String text() {
    return "Operator: "
        + mistake.operator()
        + "\nRejected-By: "
        + mistake.rejectedBy()
        + "\nBase: "
        + mistake.base()
        + "\nStory: "
        + mistake.story()
        + "\n\n"
        + diff();
  }

  /** Without its head. */
  String diff() {
    return String.join("", diffs.values());
  }
}

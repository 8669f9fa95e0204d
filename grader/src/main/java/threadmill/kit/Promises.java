package threadmill.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import threadmill.model.Check;
import threadmill.model.Exercise;

/**
 * Which checks ask for what each sentence of a task text promises, as {@value #FILE} beside the
 * README says: a line for each sentence, in the order of the text. Immutable.
 */
public final class Promises {
  public static final String FILE = "promises.txt";

  /** In the place of checks: the sentence explains, and promises nothing. */
  private static final String NONE = "-";

  /** In the place of checks: nobody has said yet which. */
  private static final String OPEN = "?";

  private static final String GAP = "  ";

  /**
   * A sentence of the task text.
   *
   * @param checks ids of those that ask for it; empty if it promises nothing
   */
  public record Promise(List<String> checks, String sentence) {
    public Promise {
      checks = List.copyOf(checks);
    }

    private String line() {
      return (checks.isEmpty() ? NONE : String.join(" ", checks)) + GAP + sentence + "\n";
    }
  }

  private final Exercise exercise;
  private final List<String> text;
  private final List<Promise> promises;

  private Promises(Exercise exercise, List<String> text, List<Promise> promises) {
    this.exercise = exercise;
    this.text = text;
    this.promises = List.copyOf(promises);
  }

  /**
   * Those of an exercise; none if it has no such file.
   *
   * @throws KitException if a line of the file has no checks or no sentence
   */
  public static Promises of(Exercise exercise) {
    Path file = file(exercise);
    List<Promise> promises = new ArrayList<>();
    try {
      List<String> text = TaskText.sentences(FrontMatter.body(exercise.readme()));
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        promises.add(promise(file, line));
      }
      return new Promises(exercise, text, promises);
    } catch (IOException e) {
      throw new KitException("cannot read " + file, e);
    }
  }

  private static Promise promise(Path file, String line) {
    int gap = line.indexOf(GAP);
    if (gap < 1) {
      throw new KitException(
          file + ": a line is checks or -, two spaces and a sentence, and not '" + line + "'");
    }
    String checks = line.substring(0, gap);
    String sentence = line.substring(gap).strip();
    return new Promise(checks.equals(NONE) ? List.of() : List.of(checks.split(" ")), sentence);
  }

  public static Path file(Exercise exercise) {
    return exercise.readme().resolveSibling(FILE);
  }

  public List<Promise> all() {
    return promises;
  }

  /** The file for the text as it is now: known sentences keep their checks, new ones get a ?. */
  public String renewed() {
    Map<String, Promise> known = new HashMap<>();
    promises.forEach(promise -> known.put(promise.sentence(), promise));
    return text.stream()
        .map(sentence -> known.getOrDefault(sentence, new Promise(List.of(OPEN), sentence)).line())
        .collect(Collectors.joining());
  }

  /**
   * What does not fit together, a sentence each: a sentence of the text that is not listed, a
   * listed one that is not in the text, a check that there is not, and one that asks what nobody
   * promised.
   */
  public List<String> faults(List<Check> contract) {
    List<String> faults = new ArrayList<>();
    Set<String> ids = contract.stream().map(Check::id).collect(Collectors.toSet());
    List<String> listed = promises.stream().map(Promise::sentence).toList();
    String where = exercise.id() + ": " + FILE;
    for (String sentence : text) {
      if (!listed.contains(sentence)) {
        faults.add(where + " does not list the text's sentence '" + sentence + "'");
      }
    }
    Set<String> asked = new HashSet<>();
    for (Promise promise : promises) {
      if (!text.contains(promise.sentence())) {
        faults.add(where + " lists '" + promise.sentence() + "', which the text does not say");
      }
      for (String id : promise.checks()) {
        asked.add(id);
        if (!ids.contains(id)) {
          faults.add(where + " names the check " + id + ", which there is not");
        }
      }
    }
    for (Check check : contract) {
      if (!asked.contains(check.id())) {
        faults.add(where + " names no promise for " + check.id() + ": what does it ask for?");
      }
    }
    return faults;
  }
}

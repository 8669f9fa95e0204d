package threadmill.proof;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import threadmill.kit.Kit;
import threadmill.kit.Promises;
import threadmill.kit.Promises.Promise;
import threadmill.kit.Specimen;
import threadmill.model.Check;
import threadmill.model.Exercise;
import threadmill.run.Grader;

/** What the task texts promise, and who asks for it: the page {@code docs/promises.md}. */
public final class PromisesPage {
  private static final String HEAD =
      """
      # What the task texts promise, and what asks for it

      Every sentence of a task text that promises something, the checks that ask for it, and the wrong programs that these checks are proved to reject. Sentences that explain and promise nothing are left
      out here; `promises.txt` beside each task text has them too, and `./threadmill dev check` demands that no sentence is missing there and that no check asks for what nobody promised. The page is made by
      `./threadmill dev promises`, and a test compares it.
      """;

  private PromisesPage() {}

  /** The page. */
  public static String of(Kit kit, Grader grader) {
    StringBuilder page = new StringBuilder(HEAD);
    for (Exercise exercise : kit.exercises()) {
      page.append("\n## ").append(exercise.order()).append(" ").append(exercise.title());
      page.append("\n\n| promise | checks | wrong programs rejected |\n|---|---|---|\n");
      Map<String, String> mutants = mutants(kit, exercise);
      for (Promise promise : Promises.of(exercise).all()) {
        if (!promise.checks().isEmpty()) {
          page.append(row(promise, mutants));
        }
      }
      page.append("\n").append(checks(grader.checks(exercise)));
    }
    return page.toString();
  }

  private static String row(Promise promise, Map<String, String> mutants) {
    String rejected =
        promise.checks().stream()
            .filter(mutants::containsKey)
            .map(mutants::get)
            .collect(Collectors.joining(", "));
    String checks = String.join(" ", promise.checks());
    return "| " + promise.sentence() + " | " + checks + " | " + rejected + " |\n";
  }

  private static String checks(List<Check> checks) {
    return checks.stream()
        .map(check -> check.id() + ": " + check.sentence())
        .collect(Collectors.joining(". ", "", ".\n"));
  }

  /** The names of those that each check is declared to reject. */
  private static Map<String, String> mutants(Kit kit, Exercise exercise) {
    return kit.specimens(exercise).stream()
        .filter(specimen -> specimen.killer().isPresent())
        .collect(
            Collectors.groupingBy(
                specimen -> specimen.killer().get(),
                TreeMap::new,
                Collectors.mapping(Specimen::name, Collectors.joining(", "))));
  }
}

package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.jail.Cell;
import threadmill.jail.Inmate;
import threadmill.jail.Jail;
import threadmill.jail.Level;
import threadmill.kit.Kit;
import threadmill.kit.MiniKit;
import threadmill.kit.Workshop;
import threadmill.model.CheckResult;
import threadmill.model.Exercise;
import threadmill.model.Status;
import threadmill.model.Submission;
import threadmill.model.Submission.Source;
import threadmill.model.Verdict;

/** Checks without a verdict take their time from a budget; what has failed has failed. */
class SessionTest {
  private static final String CHECK =
      """
        @Test
        @CheckId("ID")
        void check_ID(Crew crew) throws Exception {
          crew.answer("next()", new Counter()::next);
          WHAT
        }
      """;
  private static final String PASSES_AFTER_A_WHILE = "Thread.sleep(1_200);";
  private static final String FAILS = "throw threadmill.harness.Failure.of(Kind.SAFETY, \"no\");";
  private static final String CANNOT_TELL =
      "Thread.sleep(600); throw threadmill.harness.Failure.of(Kind.INCONCLUSIVE, \"who knows\");";

  private static final String UNCLEAR =
      "INCONCLUSIVE: who knows, each of 3 times: an instructor should look at it";

  @TempDir private Path home;

  @Test
  void a_program_that_never_rests_is_not_asked_further_when_the_budget_is_used_up()
      throws IOException {
    Verdict verdict = grade(1, PASSES_AFTER_A_WHILE, CANNOT_TELL, PASSES_AFTER_A_WHILE, FAILS);
    assertEquals(Status.INCONCLUSIVE, verdict.status());
    assertEquals("PASSED", words(verdict).get(0));
    assertTrue(words(verdict).get(1).startsWith("INCONCLUSIVE: who knows"), words(verdict).get(1));
    String unasked =
        "INCONCLUSIVE: not asked: the checks before it took the 1 seconds that checks without"
            + " a verdict may take together; an instructor should look at this program";
    assertEquals(List.of(unasked, unasked), words(verdict).subList(2, 4));
  }

  @Test
  void what_has_failed_before_the_budget_was_used_up_rejects_the_program() throws IOException {
    Verdict verdict = grade(1, FAILS, CANNOT_TELL, PASSES_AFTER_A_WHILE);
    assertEquals(Status.REJECTED, verdict.status());
    assertEquals("FAILED: no", words(verdict).get(0));
    assertTrue(words(verdict).get(2).startsWith("INCONCLUSIVE: not asked"), words(verdict).get(2));
  }

  @Test
  void checks_with_a_verdict_cost_nothing_of_the_budget() throws IOException {
    Verdict verdict = grade(1, PASSES_AFTER_A_WHILE, PASSES_AFTER_A_WHILE, "");
    assertEquals(Status.PASSED, verdict.status());
  }

  @Test
  void within_the_budget_all_is_asked() throws IOException {
    Verdict verdict = grade(60, CANNOT_TELL, FAILS, "");
    assertEquals(List.of(UNCLEAR, "FAILED: no", "PASSED"), words(verdict));
  }

  @Test
  void what_breaks_in_the_grader_at_one_check_costs_none_of_the_others() throws IOException {
    Jail breaksOnce =
        new Jail() {
          private final AtomicInteger children = new AtomicInteger();

          @Override
          public Level level() {
            return Level.D;
          }

          @Override
          public Inmate start(Cell cell) throws IOException {
            boolean child = String.join(" ", cell.command()).contains("ChildMain");
            if (child && children.incrementAndGet() == 2) {
              throw new OutOfMemoryError("made up");
            }
            return Jail.open().start(cell);
          }
        };
    // The second check needs a child of its own, and gets it at the second attempt.
    Verdict verdict = grade(breaksOnce, 60, FAILS, CANNOT_TELL, "");
    assertEquals("FAILED: no", words(verdict).get(0));
    assertTrue(words(verdict).get(1).startsWith("INCONCLUSIVE: who knows"), words(verdict).get(1));
    assertEquals("PASSED", words(verdict).get(2));
  }

  private Verdict grade(int budget, String... checks) throws IOException {
    return grade(Jail.open(), budget, checks);
  }

  private Verdict grade(Jail jail, int budget, String... checks) throws IOException {
    MiniKit mini = MiniKit.in(home);
    mini.write(
        "exercises/src/main/java/toys/counter/README.md",
        MiniKit.README.replace("os: any\n", "os: any\nlimits: {unclear: " + budget + "}\n"));
    String head = MiniKit.CONTRACT.substring(0, MiniKit.CONTRACT.indexOf("  @Test"));
    StringBuilder contract = new StringBuilder(head);
    for (int i = 0; i < checks.length; i++) {
      contract.append(CHECK.replace("ID", "C" + i).replace("WHAT", checks[i]));
    }
    mini.write("exercises/src/test/java/toys/counter/CounterTest.java", contract + "}\n");
    Kit kit = mini.read();
    Exercise exercise = kit.exercises().get(0);
    Source source = new Source("Counter.java", "Counter.java", MiniKit.REFERENCE);
    Submission submission =
        new Submission("odd", "", Map.of(exercise.id(), List.of(source)), Map.of(), List.of());
    Grader grader = new Grader(new Workshop(kit, ClassPaths.ofChild()), jail);
    return grader.grade(submission, exercise, 1, List.of());
  }

  private static List<String> words(Verdict verdict) {
    return verdict.results().stream().map(SessionTest::words).toList();
  }

  private static String words(CheckResult result) {
    return result.outcome() + result.finding().map(f -> ": " + f.sentence()).orElse("");
  }
}

package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadmill.gate.AllowList;
import threadmill.jail.Cell;
import threadmill.jail.Inmate;
import threadmill.jail.Jail;
import threadmill.jail.Level;
import threadmill.kit.Kit;
import threadmill.kit.MiniKit;
import threadmill.kit.Workshop;
import threadmill.model.CheckResult;
import threadmill.model.Exercise;
import threadmill.model.Kind;
import threadmill.model.Outcome;
import threadmill.model.Status;
import threadmill.model.Submission;
import threadmill.model.Submission.Source;
import threadmill.model.Verdict;

/**
 * A right program whose JVM, compiler or files somebody else interferes with, and its look-alikes.
 */
@EnabledOnOs(OS.LINUX)
class MachineFaultTest {
  /** The counter tells in its folder that it has begun, and waits there to be let go. */
  private static final String WAITS =
      """
      try {
        java.nio.file.Path folder = java.nio.file.Path.of(System.getProperty("java.io.tmpdir"));
        if (!java.nio.file.Files.exists(folder.resolve("go"))) {
          java.nio.file.Files.createFile(folder.resolve("begun"));
          while (!java.nio.file.Files.exists(folder.resolve("go"))) {
            Thread.sleep(5);
          }
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      """;

  private static final String KILLER =
      "the JVM of this check was killed by SIGKILL, by the machine or by the program itself, each of"
          + " 3 times: an instructor should look at it";

  @TempDir private Path home;
  private Kit kit;
  private Exercise exercise;

  @BeforeEach
  void write_a_kit() throws IOException {
    kit = MiniKit.in(home).read();
    exercise = kit.exercise(MiniKit.ID);
  }

  /** What somebody does when the program has begun; the folder is the one it works in. */
  private interface Interference {
    void with(Inmate inmate, Path folder) throws IOException;
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM"})
  void a_jvm_that_somebody_ends_costs_a_right_program_nothing(String signal) {
    Verdict verdict = graded(WAITS, onceOnly((inmate, folder) -> signal(signal, inmate)));
    assertEquals(Status.PASSED, verdict.status(), verdict.toString());
  }

  @Test
  void a_jvm_that_somebody_stops_for_good_costs_a_right_program_nothing() {
    Verdict verdict = graded(WAITS, onceOnly((inmate, folder) -> signal("STOP", inmate)));
    assertEquals(Status.PASSED, verdict.status(), verdict.toString());
  }

  @Test
  void a_jvm_that_is_ended_each_time_is_nobodys_fault_until_a_person_has_looked() {
    Verdict verdict = graded(WAITS, (inmate, folder) -> signal("KILL", inmate));
    assertInconclusive(KILLER, verdict);
  }

  @Test
  void a_program_that_kills_its_jvm_is_told_the_same() {
    assertInconclusive(KILLER, graded(signalling("KILL"), (inmate, folder) -> {}));
  }

  @Test
  void a_program_that_stops_its_jvm_is_for_a_person_too() {
    assertInconclusive(
        KILLER.replace("killed by SIGKILL", "stopped by SIGSTOP"),
        graded(signalling("STOP"), (inmate, folder) -> {}));
  }

  @Test
  void a_program_that_crashes_its_jvm_has_crashed() {
    Verdict verdict = graded(signalling("SEGV"), (inmate, folder) -> {});
    assertEquals(Status.REJECTED, verdict.status());
    assertEquals(Kind.CRASH, verdict.findings().get(0).kind());
    assertEquals(
        "the program ended the JVM it ran in, with SIGABRT", verdict.findings().get(0).sentence());
  }

  @Test
  void a_program_that_exits_has_crashed_whatever_its_exit_code_but_one_that_looks_like_a_kill() {
    Verdict verdict = graded("System.exit(200);", (inmate, folder) -> {});
    assertEquals(
        "the program ended the JVM it ran in, with exit code 200",
        verdict.findings().get(0).sentence());
    assertInconclusive(KILLER, graded("Runtime.getRuntime().halt(137);", (inmate, folder) -> {}));
  }

  @Test
  void class_files_that_a_cleaner_takes_away_do_not_count_against_a_program() {
    Interference cleaner =
        (inmate, folder) -> {
          delete(folder.resolveSibling("classes/toys/counter/Counter$Late.class"));
          Files.createFile(folder.resolve("go"));
        };
    String late = WAITS + "new Late();";
    Verdict verdict = graded(late, cleaner);
    assertInconclusive(
        "somebody changed files that this check ran with, each of 3 times: an instructor should"
            + " look at it",
        verdict);
  }

  @Test
  void a_compiler_that_somebody_ends_is_asked_again() {
    AtomicInteger started = new AtomicInteger();
    Jail jail =
        new Meddling(
            (inmate, folder) -> {}, cell -> cell.shared() && started.incrementAndGet() == 1);
    assertEquals(Status.PASSED, grade(jail, "").status());
  }

  @Test
  void a_compiler_that_is_ended_each_time_says_nothing_of_the_sources() {
    Jail jail = new Meddling((inmate, folder) -> {}, Cell::shared);
    Verdict verdict = grade(jail, "");
    assertEquals(Status.INCONCLUSIVE, verdict.status());
    assertEquals(
        "the compiler was killed by SIGKILL, the last of 3 times",
        verdict.problem().orElseThrow().sentence());
  }

  @Test
  void what_does_not_start_says_why() {
    String limit = "printf 'prlimit: not permitted\\n\\n\\tat 1\\n' >&2; exit 1";
    Verdict none = grade(new Meddling((inmate, folder) -> {}, Cell::shared, limit), "");
    assertEquals(Status.INCONCLUSIVE, none.status());
    assertEquals(
        "the compiler broke off with exit code 1: prlimit: not permitted",
        none.problem().orElseThrow().sentence());
    Jail uncompiled = new Meddling((inmate, folder) -> {}, cell -> !cell.shared(), limit);
    assertInconclusive(
        "the child JVM could not be started: it ended with exit code 1 at once: prlimit: not"
            + " permitted, each of 3 times: an instructor should look at it",
        grade(uncompiled, ""));
  }

  private static String signalling(String signal) {
    return "try { new ProcessBuilder(\"/bin/sh\", \"-c\", \"kill -"
        + signal
        + " $PPID; sleep 1\").start().waitFor(); } catch (Exception e) { throw new Error(e); }";
  }

  private static Interference onceOnly(Interference interference) {
    AtomicInteger times = new AtomicInteger();
    return (inmate, folder) -> {
      if (times.incrementAndGet() == 1) {
        interference.with(inmate, folder);
      } else {
        Files.createFile(folder.resolve("go"));
      }
    };
  }

  private static void assertInconclusive(String sentence, Verdict verdict) {
    assertEquals(Status.INCONCLUSIVE, verdict.status(), verdict.toString());
    CheckResult result = verdict.results().get(0);
    assertEquals(Outcome.INCONCLUSIVE, result.outcome());
    assertEquals(sentence, result.finding().orElseThrow().sentence());
  }

  private Verdict graded(String line, Interference interference) {
    return grade(new Meddling(interference, cell -> false), line);
  }

  private Verdict grade(Jail jail, String line) {
    String counter =
        MiniKit.REFERENCE
            .replace("    return value", line + "    return value")
            .replace("int value;", "int value;\n  static class Late {}\n");
    Grader grader =
        new Grader(new Workshop(kit, ClassPaths.ofChild()), jail)
            .allowing(AllowList.parse("*", "everything"));
    Source source = new Source("Counter.java", "Counter.java", counter);
    Submission submission =
        new Submission("alice", "", Map.of(exercise.id(), List.of(source)), Map.of(), List.of());
    return grader.grade(submission, exercise, 1, List.of("C1"));
  }

  private static void signal(String name, Inmate inmate) throws IOException {
    String kill = "kill -" + name + " " + inmate.process().pid();
    assertTrue(
        new ProcessBuilder("/bin/sh", "-c", kill).start().onExit().join().exitValue() == 0, kill);
  }

  private static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /** Runs a script instead of some JVMs, and lets the interference happen to each other one. */
  private record Meddling(Interference interference, Predicate<Cell> replaced, String script)
      implements Jail {
    Meddling(Interference interference, Predicate<Cell> replaced) {
      this(interference, replaced, "kill -KILL $$");
    }

    @Override
    public Level level() {
      return Level.D;
    }

    @Override
    public Inmate start(Cell cell) throws IOException {
      if (replaced.test(cell)) {
        List<String> other = List.of("/bin/sh", "-c", script);
        boolean shared = cell.shared();
        return Jail.open().start(new Cell(other, cell.folder(), shared, List.of(), cell.limits()));
      }
      Inmate inmate = Jail.open().start(cell);
      if (!cell.shared()) {
        Thread meddler = new Thread(() -> meddle(inmate, cell.folder()), "meddler");
        meddler.setDaemon(true);
        meddler.start();
      }
      return inmate;
    }

    private void meddle(Inmate inmate, Path folder) {
      try {
        while (inmate.process().isAlive() && !hasBegun(folder)) {
          Thread.sleep(2);
        }
        if (inmate.process().isAlive()) {
          interference.with(inmate, folder);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static boolean hasBegun(Path folder) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        return files.anyMatch(f -> f.endsWith("begun"));
      }
    }
  }
}

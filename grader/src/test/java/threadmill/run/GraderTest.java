package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import threadmill.gate.AllowList;
import threadmill.jail.Jail;
import threadmill.kit.Kit;
import threadmill.kit.Workshop;
import threadmill.model.CheckResult;
import threadmill.model.Exercise;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Outcome;
import threadmill.model.Status;
import threadmill.model.Submission;
import threadmill.model.Submission.Source;
import threadmill.model.Verdict;

/** The pipeline on programs that do their worst: each is a semaphore with one line changed. */
class GraderTest {
  private static final List<String> S1 = List.of("S1");
  private static Kit kit;
  private static Grader grader;
  private static Exercise exercise;
  private static String good;

  @BeforeAll
  static void openTheKit() throws IOException {
    kit = Kit.find(Path.of(""));
    grader = ungated(Jail.open());
    exercise = kit.exercise("locks.semaphore");
    good =
        Files.readString(
            kit.root().resolve("solutions/src/main/java/locks/semaphore/CountingSemaphore.java"));
  }

  @Test
  void a_right_program_passes() {
    Verdict verdict = grade(good, "S1", "S2");
    assertEquals(Status.PASSED, verdict.status());
    assertEquals(4, verdict.points());
  }

  @Test
  void what_the_exercise_does_not_allow_is_named_and_not_run() {
    String end = onRelease("System.exit(0);");
    Verdict verdict = Grader.of(kit).grade(submission(end), exercise, 1, List.of("S1"));
    assertEquals(Status.REJECTED, verdict.status());
    assertEquals(Outcome.NOT_RUN, verdict.results().get(0).outcome());
    Finding problem = verdict.problem().orElseThrow();
    assertEquals(
        "CountingSemaphore calls System.exit, which this exercise does not allow",
        problem.sentence());
    assertEquals("my work/CountingSemaphore.java", problem.where().orElseThrow().file());
  }

  @Test
  void what_ends_its_jvm_loses_the_check_and_keeps_the_others() {
    Verdict verdict = grade(onRelease("Runtime.getRuntime().halt(0);"), "S1", "S2", "S4");
    assertEquals(
        List.of(Outcome.PASSED, Outcome.FAILED, Outcome.PASSED),
        verdict.results().stream().map(CheckResult::outcome).toList());
    Finding finding = verdict.findings().get(0);
    assertEquals(Kind.CRASH, finding.kind());
    assertEquals("the program ended the JVM it ran in, with exit code 0", finding.sentence());
  }

  @Test
  void what_uses_up_the_memory_is_told_so() {
    String hog =
        "for (java.util.List<byte[]> l = new java.util.LinkedList<>(); l != null; ) "
            + "l.add(new byte[1_000_000]);";
    assertEquals(Kind.MEMORY, grade(onRelease(hog), "S10").findings().get(0).kind());
  }

  @Test
  void what_spins_while_it_holds_the_lock_is_busy() {
    Verdict verdict = grade(onRelease("while (permits > 0) {}"), "S10");
    assertEquals(Kind.BUSY, verdict.findings().get(0).kind());
    assertTrue(verdict.findings().get(0).where().isPresent());
  }

  @Test
  void what_it_prints_is_kept_apart_from_the_results() {
    Verdict verdict = grade(onRelease("System.out.println(\"PASSED S1\");"), "S10");
    assertEquals(Status.PASSED, verdict.status());
    assertTrue(verdict.output().contains("PASSED S1"));
  }

  @Test
  void a_compile_error_is_told_with_the_students_own_path() {
    Verdict verdict = grade(good.replace("permits++;", "permits++"), "S1");
    assertEquals(Status.NOT_COMPILED, verdict.status());
    assertEquals(Outcome.NOT_RUN, verdict.results().get(0).outcome());
    Finding problem = verdict.problem().orElseThrow();
    assertEquals("does not compile: ';' expected", problem.sentence());
    assertEquals("my work/CountingSemaphore.java", problem.where().orElseThrow().file());
  }

  @Test
  void sources_that_overtax_the_compiler_do_not_compile() {
    String deep = "    permits = permits" + " + (permits".repeat(5_000) + ")".repeat(5_000) + ";\n";
    Verdict verdict = grade(good.replace("    permits++;\n", deep), "S1");
    assertEquals(Status.NOT_COMPILED, verdict.status());
    assertEquals(
        "the compiler ran out of memory or stack (256 MiB, 512 KiB) on these sources; make them"
            + " simpler",
        verdict.problem().orElseThrow().sentence());
  }

  @Test
  void a_method_that_is_gone_is_named() {
    Verdict verdict = grade(good.replace("int available()", "int permits()"), "S1");
    assertEquals(Status.REJECTED, verdict.status());
    assertEquals(
        "the contract needs public int available(), which your code no longer has",
        verdict.problem().orElseThrow().sentence());
  }

  @Test
  void an_annotation_processor_or_a_second_file_cannot_sneak_in_a_given_class() {
    Source fake =
        new Source("Todo.java", "Todo.java", "package threadmill; public final class Todo {}");
    Submission both =
        new Submission(
            "odd", "", Map.of(exercise.id(), List.of(source(good), fake)), Map.of(), List.of());
    Verdict verdict = grader.grade(both, exercise, 1, List.of("S1"));
    Finding problem = verdict.problem().orElseThrow();
    assertEquals(Kind.TAMPER, problem.kind());
    assertEquals(
        "Todo declares threadmill.Todo, which is not the submission's to declare",
        problem.sentence());
  }

  @Test
  void an_untouched_stub_is_not_started() throws IOException {
    Verdict verdict = grade(Files.readString(exercise.stubs().get(0)), "S0", "S6", "P1");
    assertEquals(Status.NOT_STARTED, verdict.status());
    assertEquals(0, verdict.points());
  }

  @Test
  void the_same_seed_gives_the_same_finding() {
    String wrong = good.replace("permits++;", "permits += permits > 2 ? 2 : 1;");
    Finding first = grade(wrong, "P1").findings().get(0);
    Finding second = grade(wrong, "P1").findings().get(0);
    assertEquals(first, second);
  }

  /** The gate would stop most of these; here it is open, so that they meet what lies behind it. */
  private static Grader ungated(Jail jail) {
    AllowList everything = AllowList.parse("*", "everything");
    return new Grader(new Workshop(kit, ClassPaths.ofChild()), jail).allowing(everything);
  }

  private static String onRelease(String line) {
    return good.replace("    permits++;\n", "    permits++;\n    " + line + "\n");
  }

  private static Source source(String text) {
    return new Source("my work/CountingSemaphore.java", "CountingSemaphore.java", text);
  }

  private static Submission submission(String text) {
    return new Submission(
        "odd", "", Map.of(exercise.id(), List.of(source(text))), Map.of(), List.of());
  }

  private static Verdict grade(String text, String... checks) {
    return grader.grade(submission(text), exercise, 1, List.of(checks));
  }
}

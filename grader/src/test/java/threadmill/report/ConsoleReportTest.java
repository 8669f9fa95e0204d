package threadmill.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import threadmill.model.Report;
import threadmill.model.Status;
import threadmill.model.Verdict;

class ConsoleReportTest {
  @Test
  void passed() {
    assertEquals(
        """
          ✓ locks.semaphore        Counting semaphore           passed, 5 points (2.0 s)
        """,
        text(Reports.passed()));
  }

  @Test
  void rejected_with_the_finding_its_evidence_and_how_to_see_it_again() {
    assertEquals(
        """
          ✗ locks.semaphore        Counting semaphore           1 of 2 checks failed, \
        2 of 5 points (2.0 s)

            ✗ S2  It waits
                 CountingSemaphore.java:21  STUCK  acquire() never returned
                 | waiter  WAITING
                 |   at CountingSemaphore.java:21
                 |   at Thread.run
                 again: ./threadmill test locks.semaphore --check S2
        """,
        text(Reports.rejected()));
  }

  @Test
  void what_was_taken_ready_made_costs_all_points_and_one_line_says_so() {
    assertTrue(
        text(Reports.readyMade())
            .contains(
                "1 of 2 checks failed, 0 of 5 points, since what it asks to build was taken"
                    + " ready-made (S1)"));
  }

  @Test
  void rejected_because_a_method_is_missing() {
    assertEquals(
        """
          ✗ locks.semaphore        Counting semaphore           cannot be checked
              CONTRACT  the contract needs public void release(), which your code no longer has
        """,
        text(Reports.lacksMethod()));
  }

  @Test
  void does_not_compile() {
    assertEquals(
        """
          ✗ locks.semaphore        Counting semaphore           does not compile
              CountingSemaphore.java:7  CONTRACT  does not compile: ';' expected
              | src/CountingSemaphore.java:7: ';' expected
        """,
        text(Reports.notCompiled()));
  }

  @Test
  void in_progress() {
    assertEquals(
        """
          … locks.semaphore        Counting semaphore           in progress, 1 of 2 checks passed
        """,
        text(Reports.inProgress()));
  }

  @Test
  void not_started() {
    assertEquals(
        """
          · locks.semaphore        Counting semaphore           not started
        """,
        text(Reports.notStarted()));
  }

  @Test
  void inconclusive() {
    assertEquals(
        """
          ? locks.semaphore        Counting semaphore           inconclusive

            ? S2  It waits
                 INCONCLUSIVE  the machine was too busy to tell
                 again: ./threadmill test locks.semaphore --check S2
        """,
        text(Reports.inconclusive()));
  }

  @Test
  void a_submission_is_headed_by_its_name_and_points() {
    assertEquals(
        """
        alice  7 of 10 points
          ✓ locks.semaphore        Counting semaphore           passed, 5 points (2.0 s)
          … locks.semaphore        Counting semaphore           in progress, 1 of 2 checks passed
        """,
        text(Reports.of(Reports.passed(), Reports.inProgress())));
  }

  @Test
  void a_submission_that_could_not_be_read_is_not_called_wrong() {
    assertEquals(
        """
        alice  not graded
          ? alice cannot be read (IOException: Input/output error)
        """,
        text(Reports.unreadable()));
  }

  @Test
  void a_line_without_end_is_cut() {
    String text = text(Reports.of(Reports.printing(Status.REJECTED, "x".repeat(60_000))));
    assertTrue(text.contains("| " + "x".repeat(500) + "…\n"), text);
  }

  @Test
  void a_refused_submission_says_why() {
    assertEquals(
        """
        alice  not graded
          ✗ alice is an empty zip archive
        """,
        text(Reports.refused()));
  }

  @Test
  void what_a_rejected_program_printed_is_shown_up_to_ten_lines() {
    String ten = lines(10);
    String shown =
        "\n    your program printed:\n"
            + ten.lines().map(line -> "         | " + line + "\n").collect(Collectors.joining());
    assertEquals(text(Reports.rejected()) + shown, text(Reports.printing(Status.REJECTED, ten)));
    assertTrue(
        text(Reports.printing(Status.REJECTED, lines(13)))
            .endsWith("         | line 10\n         | … 3 more lines\n"));
  }

  @Test
  void what_a_program_printed_is_nobodys_business_when_it_passed() {
    assertEquals(text(Reports.passed()), text(Reports.printing(Status.PASSED, lines(3))));
  }

  @Test
  void blank_output_is_not_shown() {
    assertEquals(text(Reports.rejected()), text(Reports.printing(Status.REJECTED, " \n\n")));
  }

  @Test
  void seconds_have_a_point_in_every_country() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertTrue(text(Reports.passed()).contains("(2.0 s)"), text(Reports.passed()));
    } finally {
      Locale.setDefault(before);
    }
  }

  static Stream<Report> reports() {
    return JsonReportTest.reports().map(named -> named.getPayload());
  }

  @ParameterizedTest
  @MethodSource("reports")
  void nothing_is_ever_null_or_optional(Report report) {
    String text = text(report);
    assertFalse(text.contains("null"), text);
    assertFalse(text.contains("Optional"), text);
  }

  @ParameterizedTest
  @MethodSource("reports")
  void colours_change_nothing_but_the_colour(Report report) {
    String coloured = text(Ink.COLOURED, console -> console.add(report));
    assertEquals(text(report), coloured.replaceAll("\u001B\\[\\d+m", ""));
    assertTrue(coloured.contains("\u001B["), coloured);
    assertFalse(text(report).contains("\u001B"));
  }

  @Test
  void good_is_green_and_bad_is_red() {
    assertTrue(coloured(Reports.passed()).contains("\u001B[32m✓\u001B[0m"));
    assertTrue(coloured(Reports.rejected()).contains("\u001B[31m✗\u001B[0m"));
    assertTrue(coloured(Reports.inconclusive()).contains("\u001B[33m?\u001B[0m"));
  }

  private static String lines(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "line " + i + "\n")
        .collect(Collectors.joining());
  }

  private static String text(Report report) {
    return text(Ink.PLAIN, console -> console.add(report));
  }

  private static String text(Verdict verdict) {
    return text(Ink.PLAIN, console -> console.add(verdict));
  }

  private static String coloured(Verdict verdict) {
    return text(Ink.COLOURED, console -> console.add(verdict));
  }

  private static String text(Ink ink, Consumer<ConsoleReport> use) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    use.accept(
        new ConsoleReport(
            out,
            ink,
            (verdict, result) ->
                "./threadmill test "
                    + verdict.exercise().id()
                    + " --check "
                    + result.check().id()));
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}

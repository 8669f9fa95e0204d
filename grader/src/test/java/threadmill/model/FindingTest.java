package threadmill.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingTest {
  @Test
  void a_place_is_named_by_file_and_line() {
    assertEquals("Mutex.java:12", new Where("src/locks/Mutex.java", 12).toString());
    assertEquals("Mutex.java:1", new Where("Mutex.java", 1).toString());
  }

  @Test
  void a_place_without_a_line_is_named_by_its_file_alone() {
    assertEquals("Mutex.java", new Where("src/Mutex.java", 0).toString());
  }

  @Test
  void a_place_has_a_file() {
    assertThrows(NullPointerException.class, () -> new Where(null, 3));
  }

  @Test
  void a_finding_keeps_its_words_when_it_learns_its_line() {
    Where where = new Where("Mutex.java", 3);
    Finding finding = Finding.of(Kind.RACE, "lost an update").with(List.of("1 of 2")).at(where);
    assertEquals(
        new Finding(Kind.RACE, "lost an update", Optional.of(where), List.of("1 of 2")), finding);
  }

  @Test
  void more_evidence_comes_after_what_is_there() {
    Finding finding =
        Finding.of(Kind.STUCK, "nobody moves").with(List.of("a", "b")).with(List.of("c"));
    assertEquals(List.of("a", "b", "c"), finding.evidence());
  }

  @Test
  void evidence_cannot_be_changed_afterwards() {
    List<String> lines = new ArrayList<>(List.of("a"));
    Finding finding = new Finding(Kind.LEAK, "a thread is left", Optional.empty(), lines);
    lines.add("b");
    assertEquals(List.of("a"), finding.evidence());
    assertThrows(UnsupportedOperationException.class, () -> finding.evidence().add("c"));
  }

  @Test
  void a_finding_has_a_kind_and_a_sentence() {
    assertThrows(NullPointerException.class, () -> Finding.of(null, "why"));
    assertThrows(NullPointerException.class, () -> Finding.of(Kind.RACE, null));
    assertThrows(NullPointerException.class, () -> new Finding(Kind.RACE, "why", null, List.of()));
  }

  @Test
  void what_nobody_would_read_is_cut() {
    Finding finding =
        Finding.of(Kind.CRASH, "x".repeat(5_000)).with(List.of("y".repeat(5_000), "z"));
    assertEquals("x".repeat(3_999) + "…", finding.sentence());
    assertEquals(List.of("y".repeat(3_999) + "…", "z"), finding.evidence());
  }

  @Test
  void no_character_is_cut_in_two() {
    String clef = "\uD834\uDD1E";
    String cut = Finding.of(Kind.CRASH, "x".repeat(3_998) + clef + clef).sentence();
    assertEquals("x".repeat(3_998) + "…", cut);
  }

  @Test
  void of_evidence_without_end_the_beginning_is_kept_and_the_rest_counted() {
    List<String> lines = Collections.nCopies(200, "a line");
    assertEquals(lines, Finding.of(Kind.LEAK, "why").with(lines).evidence());
    List<String> more = Collections.nCopies(1_000, "a line");
    List<String> kept = Finding.of(Kind.LEAK, "why").with(more).evidence();
    assertEquals(200, kept.size());
    assertEquals("… and 801 more", kept.get(199));
    List<String> wide = Collections.nCopies(1_000, "l".repeat(1_000));
    List<String> few = Finding.of(Kind.LEAK, "why").with(wide).evidence();
    assertEquals(41, few.size());
    assertEquals("… and 960 more", few.get(40));
  }

  @Test
  void what_is_cut_once_is_not_cut_again() {
    Finding once =
        Finding.of(Kind.LEAK, "x".repeat(9_000))
            .with(Collections.nCopies(1_000, "l".repeat(9_000)));
    assertEquals(once, new Finding(once.kind(), once.sentence(), once.where(), once.evidence()));
  }

  @Test
  void the_words_of_a_run_are_cut_and_its_schedule_is_not() {
    Trace.Step step = new Trace.Step(0, Optional.empty(), "w".repeat(1_000));
    Trace trace = new Trace(List.of("t".repeat(1_000)), List.of(step), "s".repeat(1_000));
    assertEquals("w".repeat(299) + "…", trace.steps().get(0).what());
    assertEquals("t".repeat(299) + "…", trace.threads().get(0));
    assertEquals("s".repeat(1_000), trace.schedule());
  }
}

package threadmill.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
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
}

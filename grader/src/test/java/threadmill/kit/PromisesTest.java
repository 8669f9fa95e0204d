package threadmill.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.model.Check;

class PromisesTest {
  private static final String FOLDER = "exercises/src/main/java/toys/counter/";
  private static final String TEXT =
      """
      # Counter

      A counter
      counts. It is **shared.** Nobody waits, e.g. for a lock.

      | method | what it promises |
      |---|---|
      | `next()` | the next number |
      | `last()` | the one before. 0 at first |

      ```java
      counter.next(); // One.
      ```

      ## Rules

      - Each number comes
        once.
      - `next()` never waits. Never!

      ## Hint 1
      Add one.
      """;

  @TempDir private Path root;
  private MiniKit mini;

  @BeforeEach
  void write_a_kit() throws IOException {
    mini = MiniKit.in(root);
  }

  @Test
  void a_text_is_told_sentence_by_sentence_up_to_its_hints() {
    List<String> expected =
        List.of(
            "A counter counts.",
            "It is **shared.**",
            "Nobody waits, e.g. for a lock.",
            "`next()`: the next number",
            "`last()`: the one before. 0 at first",
            "Each number comes once.",
            "`next()` never waits.",
            "Never!");
    assertEquals(expected, TaskText.sentences(TEXT));
  }

  @Test
  void sentences_and_checks_that_fit_together_have_no_fault() {
    assertEquals(List.of(), faults());
  }

  @Test
  void a_sentence_that_is_not_listed_is_a_fault() throws IOException {
    mini.write(FOLDER + "README.md", MiniKit.README.replace("Count.", "Count. Never stop."));
    assertEquals(
        List.of("toys.counter: promises.txt does not list the text's sentence 'Never stop.'"),
        faults());
  }

  @Test
  void a_promise_that_the_text_does_not_make_is_a_fault() throws IOException {
    promises("C1 C2  Count.\n-  Never stop.\n");
    assertEquals(
        List.of("toys.counter: promises.txt lists 'Never stop.', which the text does not say"),
        faults());
  }

  @Test
  void a_check_that_asks_what_nobody_promised_is_a_fault() throws IOException {
    promises("C1  Count.\n");
    assertEquals(
        List.of("toys.counter: promises.txt names no promise for C2: what does it ask for?"),
        faults());
  }

  @Test
  void a_check_that_there_is_not_is_a_fault() throws IOException {
    promises("C1 C2 C3  Count.\n");
    assertEquals(
        List.of("toys.counter: promises.txt names the check C3, which there is not"), faults());
  }

  @Test
  void a_line_that_is_no_promise_is_named() throws IOException {
    promises("C1 Count.\n");
    KitException thrown = assertThrows(KitException.class, this::faults);
    assertEquals(
        root.resolve(FOLDER + "promises.txt")
            + ": a line is checks or -, two spaces and a sentence, and not 'C1 Count.'",
        thrown.getMessage());
  }

  @Test
  void known_sentences_keep_their_checks_when_the_text_changes() throws IOException {
    mini.write(FOLDER + "README.md", MiniKit.README.replace("Count.", "Begin. Count."));
    assertEquals("?  Begin.\nC1 C2  Count.\n", Promises.of(mini.exercise()).renewed());
  }

  private void promises(String text) throws IOException {
    mini.write(FOLDER + "promises.txt", text);
  }

  private List<String> faults() {
    return Promises.of(mini.exercise()).faults(List.of(check("C1"), check("C2")));
  }

  private static Check check(String id) {
    return new Check(id, "It counts", 1, 10, "toys.counter.CounterTest", "it_counts");
  }
}

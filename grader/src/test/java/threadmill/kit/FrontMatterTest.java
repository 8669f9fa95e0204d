package threadmill.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadmill.model.Limits;

class FrontMatterTest {
  private static final String HEAD =
      """
      ---
      title: Counting semaphore
      order: 5.3
      difficulty: 2
      points: 22
      java: 21
      os: linux
      ---
      """;

  @Test
  void a_head_says_all_there_is_to_know() {
    assertEquals(
        new FrontMatter(
            "Counting semaphore", "5.3", 2, 22, 21, "linux", Limits.STANDARD, List.of()),
        parse(HEAD + "# Counting semaphore\n"));
  }

  @Test
  void hints_are_numbered_headings_and_reach_to_the_next_heading() {
    String body =
        """
        # Counter
        Text.
        ## Hints
        None here.
        ## Hint 1

        Think.

        ### Harder
        ## Hint 2
        Think again.
        ## Sources
        A book.
        """;
    assertEquals(List.of("Think.\n\n### Harder", "Think again."), parse(HEAD + body).hints());
  }

  @Test
  void lines_may_end_as_on_windows() {
    String text = (HEAD + "# Counter\n## Hint 1\nThink.\n").replace("\n", "\r\n");
    assertEquals("Counting semaphore", parse(text).title());
    assertEquals(List.of("Think."), parse(text).hints());
  }

  @Test
  void the_tenth_exercise_of_a_chapter_is_not_the_first() {
    assertEquals("5.10", parse(HEAD.replace("5.3", "5.10")).order());
    assertEquals("5.10", parse(HEAD.replace("5.3", "'5.10'")).order());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# Counter",
        "title: Counter\n---\n",
        "---\ntitle: Counter\n",
        "--- \ntitle: Counter\n---\n",
        "\n---\ntitle: Counter\n---\n"
      })
  void a_readme_without_a_head_is_refused(String text) {
    assertEquals("the README must begin with a front matter between two lines of ---", fault(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"title: [", "title: \"Counter", "\ttitle: Counter", "a: b: c"})
  void a_head_that_is_not_yaml_is_refused(String head) {
    String fault = fault("---\n" + head + "\n---\n# Counter\n");
    assertTrue(fault.startsWith("the README has a front matter that is not YAML: "), fault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"title", "order", "difficulty", "points", "java", "os"})
  void a_missing_key_is_named(String key) {
    String without = HEAD.replaceFirst("(?m)^" + key + ": .*\\R", "");
    assertEquals("the README lacks '" + key + ":' in its front matter", fault(without));
  }

  @ParameterizedTest
  @ValueSource(strings = {"five", "5.x", "-1", "[5, 3]", "99999999999"})
  void an_order_that_is_no_place_in_the_order_of_study_is_refused(String order) {
    String fault = fault(HEAD.replace("5.3", order));
    assertTrue(fault.matches("the README has the order '.*', which is not like 5.3"), fault);
  }

  @Test
  void limits_are_the_usual_ones_unless_they_are_given() {
    assertEquals(Limits.STANDARD, parse(HEAD).limits());
    String given = HEAD.replace("title:", "limits: {memory: 2048, unclear: 600}\ntitle:");
    assertEquals(new Limits(600, 2_048, 300, 1_024, 128, 64, 32, 600), parse(given).limits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unclear: 0", "patience: 5"})
  void a_limit_that_is_none_is_refused(String limit) {
    String fault = fault(HEAD.replace("title:", "limits: {" + limit + "}\ntitle:"));
    assertEquals(
        "the README has the limit '"
            + limit
            + "'; a limit is a number above 0 of cpu, memory, tasks, files, file, disk, output or"
            + " unclear",
        fault);
  }

  @Test
  void a_readme_that_is_not_there_is_named() {
    Path nowhere = Path.of("no", "such", "README.md");
    KitException thrown = assertThrows(KitException.class, () -> FrontMatter.read(nowhere));
    assertEquals("cannot read " + nowhere, thrown.getMessage());
  }

  private static FrontMatter parse(String text) {
    return FrontMatter.parse(text, "the README");
  }

  private static String fault(String text) {
    return assertThrows(KitException.class, () -> parse(text)).getMessage();
  }
}

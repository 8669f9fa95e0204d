package threadmill.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mutant is a patch: written from a work copy, applied exactly, carried over to a new base. */
class MutantDeskTest {
  private static final String PATCHES = "solutions/src/mutants/toys.counter/";
  private static final String BASE = "solutions/src/main/java/toys/counter/Counter.java";
  private static final Mistake COUNTS_TWICE =
      new Mistake("TWICE", "C1", "reference", "Twice is safer.");
  private static final String TWICE =
      """
      Operator: TWICE
      Rejected-By: C1
      Base: reference
      Story: Twice is safer.

      --- a/Counter.java
      +++ b/Counter.java
      @@ -26,7 +26,7 @@
         // 21
         // 22
         public synchronized int next() {
      -    return value += Step.SIZE;
      +    return value += 2 * Step.SIZE;
         }
         // 1
         // 2
      """;

  @TempDir private Path root;
  private MiniKit mini;
  private MutantDesk desk;

  @BeforeEach
  void write_a_kit() throws IOException {
    mini = MiniKit.in(root);
    mini.write(BASE, longer(22));
    desk = new MutantDesk(mini.read(), mini.exercise());
  }

  /** Long enough that a changed line is a small part of it. */
  private static String longer(int before) {
    String comments = comments(before);
    return MiniKit.REFERENCE
        .replace("  public", comments + "  public")
        .replaceFirst("}\\n}", "}\n" + comments(9) + "}");
  }

  private static String comments(int lines) {
    StringBuilder all = new StringBuilder();
    for (int i = 1; i <= lines; i++) {
      all.append("  // ").append(i).append("\n");
    }
    return all.toString();
  }

  private void countTwice(Path copy) throws IOException {
    Path file = copy.resolve("Counter.java");
    Files.writeString(
        file, Files.readString(file).replace("value += Step.SIZE", "value += 2 * Step.SIZE"));
  }

  private void saveTwice() throws IOException {
    countTwice(desk.begin("twice", COUNTS_TWICE));
    desk.save("twice");
  }

  private Specimen twice() {
    return mutant("twice");
  }

  private Specimen mutant(String name) {
    return mini.read().specimens(mini.exercise()).stream()
        .filter(specimen -> specimen.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String madeCounter() throws IOException {
    return Files.readString(twice().folder().resolve("Counter.java"));
  }

  @Test
  void a_work_copy_is_saved_as_a_patch() throws IOException {
    saveTwice();
    assertEquals(TWICE, Files.readString(root.resolve(PATCHES + "twice.patch")));
    assertEquals(COUNTS_TWICE, twice().mistake().orElseThrow());
  }

  @Test
  void a_patch_is_a_specimen_with_all_its_files() throws IOException {
    saveTwice();
    assertEquals(longer(22).replace("+= Step", "+= 2 * Step"), madeCounter());
  }

  @Test
  void a_mutant_can_be_edited_and_saved_again() throws IOException {
    saveTwice();
    Path copy = desk.edit("twice");
    Path file = copy.resolve("Counter.java");
    Files.writeString(file, Files.readString(file).replace("2 *", "3 *"));
    desk.save("twice");
    assertTrue(madeCounter().contains("3 * Step.SIZE"));
  }

  @Test
  void a_mutant_that_is_mostly_different_is_kept_whole() throws IOException {
    Path copy = desk.begin("twice", COUNTS_TWICE);
    String other = "package toys.counter;\n\npublic class Counter {\n  int next;\n}\n";
    Files.writeString(copy.resolve("Counter.java"), other);
    desk.save("twice");
    assertFalse(Files.exists(root.resolve(PATCHES + "twice.patch")));
    assertEquals("// TWICE | rejected by C1 | Twice is safer.\n" + other, madeCounter());
  }

  @Test
  void the_head_of_a_mutant_that_is_kept_whole_can_be_edited_too() throws IOException {
    Path copy = desk.edit("stands_still");
    assertFalse(Files.readString(copy.resolve("Counter.java")).contains("rejected by"));
    Path head = copy.resolve("mutant.txt");
    Files.writeString(head, Files.readString(head).replace("Who counts?", "Nobody counts."));
    desk.save("stands_still");
    Specimen mutant = mutant("stands_still");
    assertEquals("Nobody counts.", mutant.mistake().orElseThrow().story());
    String text = Files.readString(mutant.folder().resolve("Counter.java"));
    assertEquals(1, text.lines().filter(line -> line.startsWith("//")).count());
  }

  @Test
  void a_new_file_is_part_of_the_patch() throws IOException {
    Path copy = desk.begin("twice", COUNTS_TWICE);
    countTwice(copy);
    Files.writeString(copy.resolve("Aid.java"), "package toys.counter;\n\nclass Aid {}\n");
    desk.save("twice");
    assertEquals(
        "package toys.counter;\n\nclass Aid {}\n",
        Files.readString(twice().folder().resolve("Aid.java")));
  }

  @Test
  void a_mutant_of_a_variant_is_made_from_the_variant() throws IOException {
    mini.write("solutions/src/variants/toys.counter/atomically/Counter.java", longer(30));
    Mistake mistake = new Mistake("TWICE", "C1", "variants/atomically", "Twice is safer.");
    countTwice(desk.begin("twice", mistake));
    desk.save("twice");
    assertEquals(longer(30).replace("+= Step", "+= 2 * Step"), madeCounter());
  }

  @Test
  void a_patch_that_fits_no_more_is_named_with_its_hunk() throws IOException {
    saveTwice();
    mini.write(BASE, longer(23));
    KitException thrown = assertThrows(KitException.class, this::twice);
    assertEquals(
        "toys.counter/twice does not fit reference any more: Counter.java, @@ -26,7 +26,7 @@; see"
            + " ./threadmill dev mutant edit toys.counter/twice",
        thrown.getMessage());
  }

  @Test
  void patches_are_carried_over_to_a_reference_whose_lines_have_moved() throws IOException {
    saveTwice();
    mini.write(BASE, longer(25));
    assertEquals(List.of(), desk.rebase());
    assertEquals(longer(25).replace("+= Step", "+= 2 * Step"), madeCounter());
  }

  @Test
  void what_cannot_be_carried_over_is_left_to_a_person() throws IOException {
    saveTwice();
    mini.write(BASE, MiniKit.REFERENCE.replace("+=", "-="));
    assertEquals(List.of("twice"), desk.rebase());
    desk.edit("twice");
    String hunk = TWICE.substring(TWICE.indexOf("@@"));
    assertEquals(List.of("Counter.java\n" + hunk), desk.left());
  }

  @Test
  void a_mutant_is_shown_whole_with_the_mistake_marked() throws IOException {
    saveTwice();
    String shown = desk.shown("twice");
    assertTrue(shown.startsWith("Operator: TWICE\n"));
    assertTrue(shown.contains("\nCounter.java\n package toys.counter;\n"));
    assertTrue(
        shown.contains("\n-    return value += Step.SIZE;\n+    return value += 2 * Step.SIZE;\n"));
    assertTrue(shown.endsWith("\n   // 9\n }\n"));
  }

  @Test
  void a_mutant_is_written_where_it_can_be_graded() throws IOException {
    saveTwice();
    Path out = root.resolve("out");
    desk.apply("twice", out);
    assertEquals(madeCounter(), Files.readString(out.resolve("Counter.java")));
    assertThrows(KitException.class, () -> desk.apply("twice", out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Operator: TWICE\n", "Rejected-By: C1\n", "Story: Twice is safer.\n"})
  void a_head_without_one_of_its_lines_is_refused(String line) throws IOException {
    mini.write(PATCHES + "twice.patch", TWICE.replace(line, ""));
    KitException thrown = assertThrows(KitException.class, this::twice);
    assertEquals(
        root.resolve(PATCHES + "twice.patch")
            + " must begin with the lines Operator:, Rejected-By:, Base: and Story:, and an empty"
            + " one",
        thrown.getMessage());
  }

  @Test
  void a_base_that_there_is_not_is_named() throws IOException {
    mini.write(PATCHES + "twice.patch", TWICE.replace("reference", "variants/none"));
    KitException thrown = assertThrows(KitException.class, this::twice);
    assertEquals(
        "toys.counter has no base 'variants/none': it is reference, or variants/NAME",
        thrown.getMessage());
  }

  @Test
  void a_work_copy_without_a_mistake_is_not_saved() throws IOException {
    desk.begin("twice", COUNTS_TWICE);
    KitException thrown = assertThrows(KitException.class, () -> desk.save("twice"));
    assertTrue(thrown.getMessage().endsWith("is like reference: nothing is wrong in it"));
  }
}

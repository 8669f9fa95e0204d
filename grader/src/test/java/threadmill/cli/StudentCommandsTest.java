package threadmill.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadmill.cli.Shell.Said;
import threadmill.kit.MiniKit;

class StudentCommandsTest {
  private static final String MINE = "exercises/src/main/java/toys/counter/Counter.java";

  @TempDir private Path home;
  private MiniKit mini;

  @BeforeEach
  void write_a_kit() throws Exception {
    mini = MiniKit.in(home);
  }

  @Test
  void list_shows_the_exercises_in_the_order_of_study_and_what_was_begun() throws Exception {
    for (String order : List.of("1.10", "1.9")) {
      String id = "toys.at" + order.replace('.', '_');
      String readme = MiniKit.README.replace("order: 1.1\n", "order: " + order + "\n");
      mini.write("exercises/src/main/java/" + id.replace('.', '/') + "/README.md", readme);
    }
    mini.write(MINE, MiniKit.REFERENCE);
    Said said = run("list");
    assertEquals(0, said.exit());
    assertEquals(
        """
          1.1  toys.counter           Counter                            \
        *       5 points  changed
          1.9  toys.at1_9             Counter                            \
        *       5 points  not started
          1.10 toys.at1_10            Counter                            \
        *       5 points  not started
        """,
        said.out());
  }

  @Test
  void the_first_hint_is_the_mildest_and_names_the_next() {
    Said said = run("hint", MiniKit.ID);
    assertEquals(0, said.exit());
    assertEquals(
        """
        The mildest.

        Still stuck? threadmill hint toys.counter 2
        """,
        said.out());
  }

  @Test
  void the_last_hint_names_no_other() {
    assertEquals("Nearly the answer.\n", run("hint", MiniKit.ID, 3).out());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 4})
  void a_hint_that_is_not_there_is_a_wrong_command_line(int number) {
    Said said = run("hint", MiniKit.ID, "--", number);
    assertEquals(2, said.exit());
    assertEquals("threadmill: toys.counter has hints 1 to 3, not " + number + "\n", said.err());
  }

  @Test
  void a_hint_that_is_no_number_is_a_wrong_command_line() {
    Said said = run("hint", MiniKit.ID, "first");
    assertEquals(2, said.exit());
    assertTrue(said.err().contains("'first' is not an int"), said.err());
  }

  @Test
  void reset_puts_the_stub_back_and_keeps_the_work_aside() throws Exception {
    mini.write(MINE, MiniKit.REFERENCE);
    Said said = run("reset", MiniKit.ID);
    assertEquals(0, said.exit());
    assertEquals(MiniKit.STUB, Files.readString(home.resolve(MINE)));
    List<Path> kept = kept();
    assertEquals(1, kept.size());
    assertEquals(
        "toys.counter is a stub again; your version is in " + home.relativize(kept.get(0)) + "\n",
        said.out());
    assertTrue(
        kept.get(0).getFileName().toString().matches("toys\\.counter-\\d{8}-\\d{6}"),
        kept.toString());
    assertEquals(MiniKit.REFERENCE, Files.readString(kept.get(0).resolve("Counter.java")));
  }

  @Test
  void reset_leaves_what_is_untouched_alone() throws Exception {
    Said said = run("reset", MiniKit.ID);
    assertEquals(0, said.exit());
    assertEquals("toys.counter is untouched\n", said.out());
    assertFalse(Files.exists(home.resolve("kept")));
  }

  @Test
  void reset_brings_a_deleted_file_back() throws Exception {
    mini.delete(MINE);
    assertEquals(0, run("reset", MiniKit.ID).exit());
    assertEquals(MiniKit.STUB, Files.readString(home.resolve(MINE)));
  }

  @Test
  void resets_in_quick_succession_keep_every_version() throws Exception {
    Set<String> versions = new TreeSet<>();
    for (int i = 0; i < 4; i++) {
      String version = MiniKit.REFERENCE + "// " + i + "\n";
      versions.add(version);
      mini.write(MINE, version);
      assertEquals(0, run("reset", MiniKit.ID).exit());
    }
    Set<String> kept = new TreeSet<>();
    for (Path folder : kept()) {
      kept.add(Files.readString(folder.resolve("Counter.java")));
    }
    assertEquals(versions, kept);
  }

  @Test
  void test_of_a_fresh_kit_passes_and_names_what_is_next() {
    Said said = run("test");
    assertEquals(0, said.exit());
    assertEquals("0 of 1, next: toys.counter (" + MINE + ")\n", said.out());
  }

  @Test
  void test_of_work_that_does_not_compile_fails_with_the_students_own_line() throws Exception {
    mini.write(MINE, "package toys.counter;\n\npublic class Counter {\n  int\n}\n");
    Said said = run("test");
    assertEquals(1, said.exit());
    assertTrue(said.out().contains("does not compile"), said.out());
    assertTrue(said.out().contains("| toys/counter/Counter.java:4: "), said.out());
  }

  @Test
  void test_of_work_that_is_right_passes() throws Exception {
    mini.write(MINE, MiniKit.REFERENCE);
    Said said = run("test", MiniKit.ID);
    assertEquals(0, said.exit(), said.toString());
    assertTrue(said.out().contains("passed, 5 points"), said.out());
    assertTrue(said.out().endsWith("1 of 1, all done\n"), said.out());
  }

  private Said run(Object command, Object... more) {
    return Shell.run(Stream.concat(Stream.of(command, "--home", home), Stream.of(more)).toArray());
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> folders = Files.list(home.resolve("kept"))) {
      return folders.sorted().toList();
    }
  }
}

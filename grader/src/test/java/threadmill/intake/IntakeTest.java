package threadmill.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static threadmill.intake.Toys.COUNTER_JAVA;
import static threadmill.intake.Toys.GATE_JAVA;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Submission;
import threadmill.model.Submission.Source;
import threadmill.model.Where;

class IntakeTest {
  @TempDir private Path temp;

  @Test
  void a_file_belongs_to_the_exercise_that_its_package_names_wherever_it_lies() throws Exception {
    write("homework/week 1/Counter.java", COUNTER_JAVA);
    write("Gate.java", GATE_JAVA);
    assertEquals(
        Map.of(
            "toys.counter",
            List.of(new Source("homework/week 1/Counter.java", "Counter.java", COUNTER_JAVA)),
            "toys.gate",
            List.of(new Source("Gate.java", "Gate.java", GATE_JAVA))),
        take().sources());
    assertEquals(Map.of(), take().problems());
    assertEquals(List.of(), take().notes());
  }

  @Test
  void a_submission_is_called_by_its_folder() throws Exception {
    write("alice/Counter.java", COUNTER_JAVA);
    assertEquals("alice", new Intake(Toys.ALL).take(temp.resolve("alice/../alice/.")).name());
  }

  @Test
  void helper_classes_come_along() throws Exception {
    write("Counter.java", COUNTER_JAVA);
    write("Cell.java", "package toys.counter;\nclass Cell {}\n");
    assertEquals(List.of("Cell.java", "Counter.java"), fileNames(take(), "toys.counter"));
  }

  @Test
  void a_folder_without_an_exercise_is_refused() throws Exception {
    write("Main.java", "package somewhere.other;\nclass Main {}\n");
    write("notes.txt", "package toys.counter;");
    assertEquals(
        "holds no exercise: no Java file in it declares a package of the kit, such as"
            + " 'toys.counter'",
        refusal(temp));
  }

  @Test
  void an_empty_folder_is_refused() {
    assertTrue(refusal(temp).startsWith("holds no exercise"), refusal(temp));
  }

  @Test
  void a_single_java_file_is_refused() throws Exception {
    Path file = write("Counter.java", COUNTER_JAVA);
    assertEquals("is a single file; hand in the folder or a zip of it", refusal(file));
  }

  @Test
  void what_is_not_there_speaks_against_nobody() {
    Path nowhere = temp.resolve("nowhere");
    Refusal refusal = assertThrows(Unreadable.class, () -> new Intake(Toys.ALL).take(nowhere));
    assertEquals(
        "cannot be read (NoSuchFileException); check its permissions and its disk, and grade it"
            + " again",
        refusal.getMessage());
  }

  @Test
  void a_given_file_is_ignored_with_a_note() throws Exception {
    write("Counter.java", COUNTER_JAVA);
    write("Step.java", "package toys.counter;\nclass Step { int mine; }\n");
    assertEquals(List.of("Counter.java"), fileNames(take(), "toys.counter"));
    assertEquals(List.of("ignored Step.java: a given file, the kit uses its own"), take().notes());
  }

  @Test
  void a_given_file_of_one_exercise_is_nothing_special_in_another() throws Exception {
    write("Gate.java", GATE_JAVA);
    write("Step.java", "package toys.gate;\nclass Step {}\n");
    assertEquals(List.of("Gate.java", "Step.java"), fileNames(take(), "toys.gate"));
  }

  @Test
  void what_is_no_java_source_is_ignored_with_a_note() throws Exception {
    write("Counter.java", COUNTER_JAVA);
    write("pom.xml", "<project/>");
    write("Counter.class", "no class");
    assertEquals(
        Set.of("ignored pom.xml: not a Java source", "ignored Counter.class: not a Java source"),
        Set.copyOf(take().notes()));
  }

  @Test
  void a_file_of_a_foreign_package_is_ignored_with_a_note() throws Exception {
    write("Counter.java", COUNTER_JAVA);
    write("Main.java", "package main;\n");
    assertEquals(List.of("Counter.java"), fileNames(take(), "toys.counter"));
    assertEquals(List.of("ignored Main.java: no exercise has its package"), take().notes());
  }

  @Test
  void a_latin_1_source_spoils_its_exercise_and_no_other() throws Exception {
    write("Gate.java", GATE_JAVA);
    writeLatin1("src/Counter.java", COUNTER_JAVA + "// Zähler\n");
    assertEquals(Set.of("toys.gate"), take().sources().keySet());
    assertEquals(
        Map.of(
            "toys.counter",
            problem(
                "src/Counter.java",
                "Counter.java is not UTF-8; save it as UTF-8 and hand it in again")),
        take().problems());
  }

  @Test
  void a_latin_1_helper_spoils_its_exercise_too() throws Exception {
    write("Counter.java", COUNTER_JAVA);
    write("Gate.java", GATE_JAVA);
    writeLatin1("Cell.java", "package toys.counter;\n// Größe\nclass Cell {}\n");
    assertEquals(Set.of("toys.gate"), take().sources().keySet());
    assertEquals(
        "Cell.java is not UTF-8; save it as UTF-8 and hand it in again",
        take().problems().get("toys.counter").sentence());
  }

  @Test
  void a_utf_16_source_is_known_by_its_name() throws Exception {
    Files.write(temp.resolve("Gate.java"), GATE_JAVA.getBytes(StandardCharsets.UTF_16));
    assertEquals(
        "Gate.java is not UTF-8; save it as UTF-8 and hand it in again",
        take().problems().get("toys.gate").sentence());
  }

  @Test
  void a_byte_order_mark_is_taken_off() throws Exception {
    write("Counter.java", "\uFEFF" + COUNTER_JAVA);
    assertEquals(COUNTER_JAVA, take().sources().get("toys.counter").get(0).text());
  }

  @Test
  void the_same_class_twice_is_a_problem_that_names_both() throws Exception {
    write("new/Counter.java", COUNTER_JAVA);
    write("old/Counter.java", COUNTER_JAVA);
    write("Gate.java", GATE_JAVA);
    assertEquals(Set.of("toys.gate"), take().sources().keySet());
    assertEquals(
        Map.of(
            "toys.counter",
            problem(
                "old/Counter.java",
                "Counter.java is there twice, as new/Counter.java and old/Counter.java; keep"
                    + " one")),
        take().problems());
  }

  @Test
  void the_same_name_in_two_exercises_is_fine() throws Exception {
    write("a/Cell.java", "package toys.counter;\nclass Cell {}\n");
    write("b/Cell.java", "package toys.gate;\nclass Cell {}\n");
    assertEquals(Set.of("toys.counter", "toys.gate"), take().sources().keySet());
  }

  @Test
  void a_wrong_package_is_a_problem_that_names_the_right_one() throws Exception {
    write("Counter.java", "package toys.conuter;\nclass Counter {}\n");
    assertEquals(
        Map.of(
            "toys.counter",
            problem(
                "Counter.java",
                "Counter.java declares 'package toys.conuter;'; this exercise needs 'package"
                    + " toys.counter;'")),
        take().problems());
    assertEquals(Map.of(), take().sources());
  }

  @Test
  void no_package_is_a_problem_that_names_the_right_one() throws Exception {
    write("Counter.java", "public class Counter {}\n");
    assertEquals(
        "Counter.java declares no package; this exercise needs 'package toys.counter;'",
        take().problems().get("toys.counter").sentence());
  }

  @Test
  void a_namesake_in_a_foreign_package_does_no_harm_beside_the_real_one() throws Exception {
    write("Counter.java", COUNTER_JAVA);
    write("other/Counter.java", "package other;\nclass Counter {}\n");
    assertEquals(List.of("Counter.java"), fileNames(take(), "toys.counter"));
    assertEquals(Map.of(), take().problems());
    assertEquals(
        List.of("ignored other/Counter.java: no exercise has its package"), take().notes());
  }

  @Test
  void a_linked_file_is_not_read() throws Exception {
    Path outside = write("outside/Counter.java", COUNTER_JAVA);
    write("inside/Gate.java", GATE_JAVA);
    Files.createSymbolicLink(temp.resolve("inside/Counter.java"), outside);
    Submission submission = new Intake(Toys.ALL).take(temp.resolve("inside"));
    assertEquals(Set.of("toys.gate"), submission.sources().keySet());
    assertEquals(List.of("ignored Counter.java: a link or a special file"), submission.notes());
  }

  @Test
  void a_submission_of_links_alone_is_refused_and_says_what_it_ignored() throws Exception {
    Path outside = write("outside/Counter.java", COUNTER_JAVA);
    Files.createDirectory(temp.resolve("inside"));
    Files.createSymbolicLink(temp.resolve("inside/Counter.java"), outside);
    Files.createSymbolicLink(temp.resolve("inside/all"), temp.getRoot());
    Files.createSymbolicLink(temp.resolve("inside/loop"), Path.of("."));
    Refusal refusal =
        assertThrows(Refusal.class, () -> new Intake(Toys.ALL).take(temp.resolve("inside")));
    assertTrue(refusal.getMessage().startsWith("holds no exercise"), refusal.getMessage());
    assertEquals(
        List.of(
            "ignored Counter.java: a link or a special file",
            "ignored all: not a Java source",
            "ignored loop: not a Java source"),
        refusal.notes());
  }

  /** Of the kit's references, say, or of what somebody else handed in. */
  @Test
  void a_submission_that_is_a_link_is_refused() throws Exception {
    write("outside/Counter.java", COUNTER_JAVA);
    Path link = Files.createSymbolicLink(temp.resolve("mallory"), temp.resolve("outside"));
    assertEquals(
        "is a symbolic link, which is not followed; name what it points to", refusal(link));
    assertEquals(
        Set.of("toys.counter"),
        new Intake(Toys.ALL).take(temp.resolve("outside")).sources().keySet());
  }

  @Test
  void links_above_a_submission_do_not_matter() throws Exception {
    write("real/alice/Counter.java", COUNTER_JAVA);
    Files.createSymbolicLink(temp.resolve("short"), temp.resolve("real"));
    Submission submission = new Intake(Toys.ALL).take(temp.resolve("short/alice"));
    assertEquals(Set.of("toys.counter"), submission.sources().keySet());
  }

  @Test
  void a_linked_folder_is_not_entered() throws Exception {
    write("outside/Counter.java", COUNTER_JAVA);
    write("inside/Gate.java", GATE_JAVA);
    Files.createSymbolicLink(temp.resolve("inside/more"), temp.resolve("outside"));
    Submission submission = new Intake(Toys.ALL).take(temp.resolve("inside"));
    assertEquals(Set.of("toys.gate"), submission.sources().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"target", ".git", "a/target", "a/.git/b"})
  void build_output_and_history_are_skipped_in_silence(String folder) throws Exception {
    write("Counter.java", COUNTER_JAVA);
    write(folder + "/Counter.java", COUNTER_JAVA);
    assertEquals(
        List.of("Counter.java"),
        take().sources().get("toys.counter").stream().map(Source::path).toList());
    assertEquals(List.of(), take().notes());
  }

  @Test
  void a_submission_may_itself_be_called_target() throws Exception {
    write("target/Counter.java", COUNTER_JAVA);
    Submission submission = new Intake(Toys.ALL).take(temp.resolve("target"));
    assertEquals(Set.of("toys.counter"), submission.sources().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "threadmill-main/"})
  void of_a_checkout_only_the_exercises_are_read(String above) throws Exception {
    String mine = "package toys.counter;\nclass Counter { int mine; }\n";
    write(above + "exercises/src/main/java/toys/counter/Counter.java", mine);
    write(above + "exercises/src/stubs/toys.counter/Counter.java", COUNTER_JAVA);
    write(above + "solutions/src/main/java/toys/counter/Counter.java", COUNTER_JAVA);
    write(above + "solutions/src/main/java/toys/gate/Gate.java", GATE_JAVA);
    assertEquals(Map.of(), take().problems());
    assertEquals(Set.of("toys.counter"), take().sources().keySet());
    assertEquals(
        List.of(mine), take().sources().get("toys.counter").stream().map(Source::text).toList());
  }

  @Test
  void folders_count_like_files() throws Exception {
    Intake intake = new Intake(Toys.ALL, new Limits(3, 1_000));
    write("Counter.java", COUNTER_JAVA);
    Files.createDirectories(temp.resolve("a/b"));
    assertEquals(Set.of("toys.counter"), intake.take(temp).sources().keySet());
    Files.createDirectories(temp.resolve("a/b/c"));
    assertTrue(
        assertThrows(Refusal.class, () -> intake.take(temp))
            .getMessage()
            .startsWith("holds more than 3 files and folders;"));
  }

  @Test
  void as_many_files_as_allowed_are_read_and_not_one_more() throws Exception {
    Intake intake = new Intake(Toys.ALL, new Limits(3, 1_000));
    write("Counter.java", COUNTER_JAVA);
    write("a.txt", "");
    write("b.txt", "");
    assertEquals(Set.of("toys.counter"), intake.take(temp).sources().keySet());
    write("c.txt", "");
    Refusal refusal = assertThrows(Refusal.class, () -> intake.take(temp));
    assertEquals(
        "holds more than 3 files and folders; hand in the sources only, without build folders",
        refusal.getMessage());
  }

  @Test
  void as_many_bytes_as_allowed_are_read_and_not_one_more() throws Exception {
    long size = COUNTER_JAVA.length() + GATE_JAVA.length();
    write("Counter.java", COUNTER_JAVA);
    write("Gate.java", GATE_JAVA);
    assertEquals(2, new Intake(Toys.ALL, new Limits(9, size)).take(temp).sources().size());
    Intake narrow = new Intake(Toys.ALL, new Limits(9, size - 1));
    Refusal refusal = assertThrows(Refusal.class, () -> narrow.take(temp));
    assertTrue(refusal.getMessage().startsWith("unpacks to more than"), refusal.getMessage());
  }

  @Test
  void the_usual_limits_are_those_of_the_guide() {
    assertEquals(new Limits(6_000, 20 << 20, 64 << 20, 500, 240, 200, 1 << 20), Limits.STANDARD);
  }

  @Test
  void a_long_path_is_read_and_a_longer_one_is_not() throws Exception {
    String deep = "d/".repeat(242);
    write(deep + "ab/Counter.java", COUNTER_JAVA);
    assertEquals(Set.of("toys.counter"), take().sources().keySet());
    Files.createDirectory(temp.resolve(deep + "ab/0123456789ABC"));
    assertEquals(Set.of("toys.counter"), take().sources().keySet());
    Files.createDirectory(temp.resolve(deep + "ab/0123456789ABCD"));
    assertEquals(
        "holds a path of more than 500 characters, '"
            + "d/".repeat(25)
            + "…'; hand in the sources only",
        refusal(temp));
  }

  @Test
  void a_folder_may_be_called_like_a_source() throws Exception {
    write("Counter.java", COUNTER_JAVA);
    write("Dir.java/Gate.java", GATE_JAVA);
    assertEquals(Set.of("toys.counter", "toys.gate"), take().sources().keySet());
  }

  @Test
  void a_sparse_file_is_refused_by_its_size_and_not_read() throws Exception {
    write("Counter.java", COUNTER_JAVA);
    write("x.bin", "");
    enlarge(temp.resolve("x.bin"), 5L << 30);
    assertEquals(Set.of("toys.counter"), take().sources().keySet());
    write("Sparse.java", "");
    enlarge(temp.resolve("Sparse.java"), 3L << 30);
    assertEquals("unpacks to more than 20 MiB; hand in the sources only", refusal(temp));
  }

  @Test
  void a_name_with_a_line_break_does_no_harm_in_a_note() throws Exception {
    write("Counter.java", COUNTER_JAVA);
    write("x\n::error::y", "");
    assertEquals(List.of("ignored x?::error::y: not a Java source"), take().notes());
  }

  @Test
  void a_source_whose_name_has_a_line_break_spoils_its_exercise_and_no_other() throws Exception {
    write("Gate.java", GATE_JAVA);
    write("a\nb.java", COUNTER_JAVA);
    assertEquals(Set.of("toys.gate"), take().sources().keySet());
    assertEquals(
        problem(
            "a?b.java", "a?b.java has a name that is no text in UTF-8; rename it, and its class"),
        take().problems().get("toys.counter"));
  }

  @Test
  void names_that_differ_in_case_alone_are_a_problem_everywhere() throws Exception {
    write("Cell.java", "package toys.counter;\nclass Cell {}\n");
    write("sub/cell.java", "package toys.counter;\nclass cell {}\n");
    assertEquals(
        problem(
            "sub/cell.java",
            "cell.java is there in another case too, as Cell.java and sub/cell.java; rename one"),
        take().problems().get("toys.counter"));
  }

  @Test
  void two_hundred_sources_of_an_exercise_are_taken_and_not_one_more() throws Exception {
    write("Gate.java", GATE_JAVA);
    for (int i = 1; i <= 200; i++) {
      write("C" + i + ".java", "package toys.counter;\nclass C" + i + " {}\n");
    }
    assertEquals(200, take().sources().get("toys.counter").size());
    write("Counter.java", COUNTER_JAVA);
    assertEquals(Set.of("toys.gate"), take().sources().keySet());
    assertEquals(
        Finding.of(
            Kind.CONTRACT,
            "there are more than 200 source files of this exercise; hand in those that it needs"),
        take().problems().get("toys.counter"));
  }

  @Test
  void a_mebibyte_of_sources_of_an_exercise_is_taken_and_not_one_byte_more() throws Exception {
    write("Gate.java", GATE_JAVA);
    write("Counter.java", COUNTER_JAVA + " ".repeat((1 << 20) - COUNTER_JAVA.length() - 2) + "ä");
    assertEquals(Set.of("toys.counter", "toys.gate"), take().sources().keySet());
    write("Counter.java", COUNTER_JAVA + " ".repeat((1 << 20) - COUNTER_JAVA.length() - 1) + "ä");
    assertEquals(Set.of("toys.gate"), take().sources().keySet());
    assertEquals(
        "the source files of this exercise have more than 1,024 KiB together; hand in what it needs",
        take().problems().get("toys.counter").sentence());
  }

  @Test
  void of_very_many_notes_the_first_are_kept_and_the_others_counted() throws Exception {
    write("Counter.java", COUNTER_JAVA);
    for (int i = 100; i < 250; i++) {
      write(i + ".txt", "");
    }
    List<String> notes = take().notes();
    assertEquals(100, notes.size());
    assertEquals("ignored 100.txt: not a Java source", notes.get(0));
    assertEquals("… and 51 more", notes.get(99));
  }

  @Test
  void a_package_without_end_is_told_in_a_few_words() throws Exception {
    write("Counter.java", "package " + "a.".repeat(100_000) + "b;\nclass Counter {}\n");
    assertEquals(
        "Counter.java declares 'package "
            + "a.".repeat(30)
            + "…;'; this exercise needs 'package toys.counter;'",
        take().problems().get("toys.counter").sentence());
  }

  @Test
  void an_unreadable_source_concerns_the_exercise_that_it_could_be_of() throws Exception {
    write("Counter.java", COUNTER_JAVA);
    write("Gate.java", GATE_JAVA);
    write("toys/counter/Cell.java", "package toys.counter;\nclass Cell {}\n");
    for (String file : List.of("Counter.java", "toys/counter/Cell.java", "toys/counter")) {
      Submission submission = without(file);
      assertEquals(Set.of("toys.gate"), submission.sources().keySet());
      Finding problem = submission.problems().get("toys.counter");
      assertEquals(Kind.INCONCLUSIVE, problem.kind());
      String shown = file.equals("toys/counter") ? file + "/" : file;
      assertEquals(
          shown
              + " (AccessDeniedException: Permission denied); check its permissions and its disk,"
              + " and grade it again",
          problem.sentence());
      assertEquals(new Where(shown, 0), problem.where().orElseThrow());
    }
  }

  @Test
  void what_speaks_against_nobody_comes_before_what_speaks_against_the_submission()
      throws Exception {
    write("Counter.java", COUNTER_JAVA);
    writeLatin1("toys/counter/Cell.java", "package toys.counter;\n// Größe\nclass Cell {}\n");
    assertEquals(Kind.CONTRACT, take().problems().get("toys.counter").kind());
    assertEquals(Kind.INCONCLUSIVE, without("Counter.java").problems().get("toys.counter").kind());
  }

  @Test
  void an_unreadable_source_or_folder_of_any_exercise_leaves_the_submission_open()
      throws Exception {
    write("Gate.java", GATE_JAVA);
    write("src/Cell.java", "package toys.counter;\nclass Cell {}\n");
    for (String file : List.of("src/Cell.java", "src", "")) {
      assertThrows(Unreadable.class, () -> without(file), file);
    }
    Unreadable reason = assertThrows(Unreadable.class, () -> without("src/Cell.java"));
    assertEquals(
        "cannot be read whole: src/Cell.java (AccessDeniedException: Permission denied); check its"
            + " permissions and its disk, and grade it again",
        reason.getMessage());
  }

  @Test
  void an_unreadable_given_file_or_anything_else_does_not_matter() throws Exception {
    write("Counter.java", COUNTER_JAVA);
    write("toys/counter/Step.java", "package toys.counter;\nclass Step {}\n");
    write("notes.txt", "");
    assertEquals(Set.of("toys.counter"), without("toys/counter/Step.java").sources().keySet());
    assertEquals(Set.of("toys.counter"), without("notes.txt").sources().keySet());
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
  void no_pipe_keeps_the_grader_waiting() throws Exception {
    write("alice/Counter.java", COUNTER_JAVA);
    pipe(temp.resolve("alice/Pipe.java"));
    pipe(temp.resolve("alice/x"));
    Submission submission = new Intake(Toys.ALL).take(temp.resolve("alice"));
    assertEquals(Set.of("toys.counter"), submission.sources().keySet());
    assertEquals(
        List.of("ignored Pipe.java: a link or a special file", "ignored x: not a Java source"),
        submission.notes());
    pipe(temp.resolve("bob.zip"));
    assertEquals(
        "is neither a folder nor a file; hand in the folder or a zip of it",
        refusal(temp.resolve("bob.zip")));
  }

  @Test
  void the_hash_is_that_of_paths_and_texts_for_everybody() throws Exception {
    write("Counter.java", "package toys.counter;\n");
    // printf 'Counter.java\0package toys.counter;\n\0' | sha256sum
    assertEquals("60688ff5fae27aefa0f94938db9cb24d226bf3fdeebafa62535be8bc61acab1a", take().hash());
  }

  @Test
  void the_hash_does_not_depend_on_where_when_and_what_else() throws Exception {
    write("one/src/Counter.java", COUNTER_JAVA);
    write("one/src/Gate.java", GATE_JAVA);
    Path gate = write("two/src/Gate.java", GATE_JAVA);
    write("two/src/Counter.java", COUNTER_JAVA);
    write("two/README.md", "ignored");
    Files.setLastModifiedTime(gate, FileTime.fromMillis(0));
    Intake intake = new Intake(Toys.ALL);
    assertEquals(intake.take(temp.resolve("one")).hash(), intake.take(temp.resolve("two")).hash());
  }

  @Test
  void the_hash_takes_the_files_of_all_exercises_in_the_order_of_their_paths() throws Exception {
    write("C.java", "package toys.counter;\n");
    write("B.java", "package toys.gate;\n");
    write("A.java", "package toys.counter;\n");
    // printf of A.java, B.java and C.java as above | sha256sum
    assertEquals("6c1b52c0bfa2f51a0e4d16bf97f7b3edaa43228fda3e8636df9ffa06197fc29d", take().hash());
  }

  @Test
  void the_hash_depends_on_every_text_and_every_name() throws Exception {
    write("one/Counter.java", COUNTER_JAVA);
    write("two/Counter.java", COUNTER_JAVA + "\n");
    write("three/Other.java", COUNTER_JAVA);
    Intake intake = new Intake(Toys.ALL);
    String hash = intake.take(temp.resolve("one")).hash();
    assertNotEquals(hash, intake.take(temp.resolve("two")).hash());
    assertNotEquals(hash, intake.take(temp.resolve("three")).hash());
  }

  private Submission take() throws Refusal {
    return new Intake(Toys.ALL).take(temp);
  }

  /** As if this file or folder could not be opened; root can open all. */
  private Submission without(String unreadable) throws Refusal {
    Path path = temp.resolve(unreadable);
    FolderReader reader =
        new FolderReader(Limits.STANDARD) {
          @Override
          DirectoryStream<Path> open(Path folder) throws IOException {
            deny(folder);
            return super.open(folder);
          }

          @Override
          InputStream content(Path file) throws IOException {
            deny(file);
            return super.content(file);
          }

          private void deny(Path opened) throws IOException {
            if (Files.isSameFile(opened, path)) {
              throw new AccessDeniedException(opened.toString(), null, "Permission denied");
            }
          }
        };
    return new Intake(Toys.ALL, Limits.STANDARD, reader).take(temp);
  }

  private static void pipe(Path path) throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
  }

  private static void enlarge(Path file, long size) throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
    }
  }

  private static String refusal(Path path) {
    return assertThrows(Refusal.class, () -> new Intake(Toys.ALL).take(path)).getMessage();
  }

  private static Finding problem(String file, String sentence) {
    return new Finding(Kind.CONTRACT, sentence, Optional.of(new Where(file, 0)), List.of());
  }

  private static List<String> fileNames(Submission submission, String exercise) {
    return submission.sources().get(exercise).stream().map(Source::fileName).toList();
  }

  private Path write(String path, String text) throws IOException {
    Path file = temp.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void writeLatin1(String path, String text) throws IOException {
    Path file = temp.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
  }
}

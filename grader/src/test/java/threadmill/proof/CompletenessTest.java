package threadmill.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.kit.MiniKit;

class CompletenessTest {
  private static final String FOLDER = "exercises/src/main/java/toys/counter/";
  private static final String STUB = "exercises/src/stubs/toys.counter/Counter.java";
  private static final String MUTANTS = "solutions/src/mutants/toys.counter/";
  private static final String VARIANTS = "solutions/src/variants/toys.counter/";

  @TempDir private Path root;
  private MiniKit mini;

  @BeforeEach
  void write_a_kit() throws Exception {
    mini = MiniKit.in(root);
  }

  @Test
  void a_whole_exercise_has_no_fault() throws Exception {
    assertEquals(List.of(), faults());
  }

  @ParameterizedTest
  @ValueSource(strings = {"## Hint 2\n", "## Hint 3\n"})
  void a_missing_hint_is_a_fault(String heading) throws Exception {
    mini.write(FOLDER + "README.md", MiniKit.README.replace(heading, ""));
    assertEquals(List.of("toys.counter: the README needs three hints"), faults());
  }

  @Test
  void one_hint_too_many_is_a_fault() throws Exception {
    mini.write(FOLDER + "README.md", MiniKit.README + "\n## Hint 4\n\nThe answer.\n");
    assertEquals(List.of("toys.counter: the README needs three hints"), faults());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public synchronized int next() {",
        "public int next() { synchronized (this) {}",
        "public int next() { synchronized(this) {}",
        "public\n  synchronized\n  int next() {"
      })
  void a_stub_that_gives_the_answer_away_is_a_fault(String leak) throws Exception {
    mini.write(STUB, MiniKit.STUB.replace("public int next() {", leak));
    assertEquals(List.of("toys.counter: Counter.java gives the answer away"), faults());
  }

  @Test
  void a_stub_without_a_todo_is_a_fault() throws Exception {
    mini.write(STUB, MiniKit.STUB.replace("// TODO", "// to do"));
    assertEquals(List.of("toys.counter: Counter.java has no TODO"), faults());
  }

  @Test
  void a_missing_stub_is_a_fault_and_not_a_crash() throws Exception {
    mini.delete(STUB);
    mini.delete("exercises/src/stubs/toys.counter");
    assertEquals(
        List.of("toys.counter: there is no stub in exercises/src/stubs/toys.counter"), faults());
  }

  @Test
  void a_missing_contract_is_a_fault() throws Exception {
    mini.delete("exercises/src/test/java/toys/counter/CounterTest.java");
    assertEquals(List.of("toys.counter: there is no contract"), faults());
  }

  @Test
  void a_missing_reference_is_a_fault() throws Exception {
    mini.delete("solutions/src/main/java/toys/counter/Counter.java");
    mini.delete("solutions/src/main/java/toys/counter");
    assertEquals(List.of("toys.counter: there is no reference"), faults());
  }

  @Test
  void a_single_variant_is_a_fault() throws Exception {
    mini.delete(VARIANTS + "atomically/Counter.java");
    mini.delete(VARIANTS + "atomically");
    assertEquals(List.of("toys.counter: it needs two variants at least"), faults());
  }

  @Test
  void no_mutant_at_all_is_a_fault() throws Exception {
    for (String name : List.of("stands_still", "begins_with_zero")) {
      mini.delete(MUTANTS + name + "/Counter.java");
      mini.delete(MUTANTS + name);
    }
    assertEquals(List.of("toys.counter: there is no mutant"), faults());
  }

  @Test
  void a_mutant_that_names_no_check_is_named() throws Exception {
    mini.write(MUTANTS + "stands_still/Counter.java", MiniKit.REFERENCE);
    KitException thrown = assertThrows(KitException.class, this::faults);
    assertEquals(
        root.resolve(MUTANTS + "stands_still")
            + ": no file begins with '// OPERATOR | rejected by CHECK | the story'",
        thrown.getMessage());
  }

  @Test
  void an_unexpected_file_is_a_fault_wherever_it_lies() throws Exception {
    mini.write(VARIANTS + "atomically/notes.txt", "");
    mini.write(MUTANTS + "stands_still/deep/Counter.java.orig", "");
    mini.write("exercises/src/stubs/toys.counter/.DS_Store", "");
    assertEquals(
        List.of(
            root.resolve("exercises/src/stubs/toys.counter") + ": unexpected file .DS_Store",
            root.resolve(VARIANTS + "atomically") + ": unexpected file notes.txt",
            root.resolve(MUTANTS + "stands_still") + ": unexpected file Counter.java.orig"),
        faults());
  }

  @Test
  void a_helper_class_beside_a_specimen_is_expected() throws Exception {
    mini.write(VARIANTS + "atomically/Cell.java", "package toys.counter;\nclass Cell {}\n");
    assertEquals(List.of(), faults());
  }

  @Test
  void a_specimen_that_has_no_file_of_the_stub_is_a_fault() throws Exception {
    mini.delete(VARIANTS + "atomically/Counter.java");
    mini.write(VARIANTS + "atomically/Conter.java", MiniKit.REFERENCE);
    assertEquals(
        List.of(root.resolve(VARIANTS + "atomically") + " has none of [Counter.java]"), faults());
  }

  @Test
  void a_copy_of_the_references_file_is_a_fault() throws Exception {
    mini.write(VARIANTS + "atomically/Counter.java", MiniKit.REFERENCE);
    assertEquals(
        List.of(
            root.resolve(VARIANTS + "atomically")
                + ": Counter.java is the reference's, and needs no copy"),
        faults());
  }

  private List<String> faults() throws IOException {
    Kit kit = mini.read();
    return Completeness.faults(kit, kit.exercise(MiniKit.ID));
  }
}

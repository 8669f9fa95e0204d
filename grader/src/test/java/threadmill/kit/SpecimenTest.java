package threadmill.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import threadmill.kit.Specimen.Role;

class SpecimenTest {
  @TempDir private Path temp;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"//   TWO WORDS   |   rejected by T12   |   why | not;T12"})
  void the_head_of_a_mutant_names_the_check_that_rejects_it(String head, String killer)
      throws Exception {
    assertEquals(killer, mutant(head + "\npackage a.b;\n").rejectedBy());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "package a.b;",
        "// IF_WHILE",
        "// IF_WHILE | rejected by S6",
        "// IF_WHILE | rejected by S6 |",
        "// IF_WHILE | rejected by | a story",
        "// IF_WHILE | S6 | a story",
        "// | rejected by S6 | a story",
        "IF_WHILE | rejected by S6 | a story",
        "\n// IF_WHILE | rejected by S6 | a story"
      })
  void a_mutant_without_a_proper_head_is_refused_in_words(String text) throws Exception {
    KitException thrown = assertThrows(KitException.class, () -> mutant(text));
    assertEquals(
        temp + ": no file begins with '// OPERATOR | rejected by CHECK | the story'",
        thrown.getMessage());
  }

  @Test
  void a_head_may_go_on_in_the_next_line() throws Exception {
    assertEquals(
        new Mistake("IF_WHILE", "S6", "reference", "A long story."),
        mutant("// IF_WHILE | rejected by S6 | A long\n// story.\npackage a.b;\n"));
  }

  @Test
  void one_file_of_several_bears_the_head() throws Exception {
    Files.writeString(temp.resolve("A.java"), "package a.b;\n");
    assertEquals("S6", mutant("// X | rejected by S6 | Why not?\n").rejectedBy());
  }

  @Test
  void a_specimen_is_called_by_its_folder_or_its_role() throws Exception {
    MiniKit mini = MiniKit.in(temp);
    List<Specimen> all = mini.read().specimens(mini.exercise());
    assertEquals(
        List.of(
            "stub", "reference", "atomically", "with_a_lock", "begins_with_zero", "stands_still"),
        all.stream().map(Specimen::name).toList());
    assertEquals(
        List.of(Role.STUB, Role.REFERENCE, Role.VARIANT, Role.VARIANT, Role.MUTANT, Role.MUTANT),
        all.stream().map(Specimen::role).toList());
    assertEquals(List.of("C2", "C1"), all.stream().flatMap(s -> s.killer().stream()).toList());
  }

  private Mistake mutant(String text) throws Exception {
    Files.writeString(temp.resolve("B.java"), text);
    return Specimens.mistake(temp);
  }
}

package threadmill.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderNamesTest {
  private final FolderNames names = new FolderNames();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kim",
        "O'Neil Zoë (Gast)_1048578_assignsubmission_file_",
        "김민수_1048576",
        "20261234-김 철수 [과제 #3], v2.final",
        "%B1%E8",
        "a & b; $c {d} ~e!",
        "Œuvre – naïve ½ № 1 😀",
        "auditor.jsonl",
        "console",
        "com10",
        "-rf"
      })
  void ordinary_names_stay_as_they_are(String name) {
    assertEquals(name, names.next(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        ".hidden",
        "kim.",
        "kim ",
        " kim",
        "a/b",
        "a\\b",
        "C:",
        "a*b?c<d>e|f\"g",
        "two\nlines",
        "\u001B[31mred",
        "bell\u0007",
        "to\u202Etxt.exe",
        "half \uD83D a pair",
        "CON",
        "nul.txt",
        "Aux",
        "com1",
        "lpt9.zip",
        "audit.jsonl",
        "AUDIT.JSONL",
        "audit.lock"
      })
  void a_name_that_some_system_does_not_take_is_changed_and_carries_a_hash(String name) {
    String folder = names.next(name);
    assertTrue(folder.matches(".*_[0-9a-f]{8}"), folder);
    String base = folder.replaceAll("\\..*", "").toLowerCase(Locale.ROOT);
    assertTrue(folder.matches("[^. ].*[^. ]"), folder);
    assertTrue(folder.codePoints().noneMatch(c -> "/\\:*?\"<>|".indexOf(c) >= 0), folder);
    assertTrue(folder.chars().noneMatch(Character::isISOControl), folder);
    assertTrue(!Set.of("con", "nul", "aux", "com1", "lpt9", "audit").contains(base), folder);
  }

  @Test
  void what_they_become_is_the_same_tomorrow() {
    assertEquals("_audit.jsonl_1bcb3ec1", names.next("audit.jsonl"));
  }

  @Test
  void names_that_differ_in_what_is_replaced_keep_apart() {
    assertNotEquals(names.next("a/b"), names.next("a:b"));
  }

  @Test
  void submissions_of_one_name_are_numbered() {
    assertEquals("kim", names.next("kim"));
    assertEquals("kim-2", names.next("kim"));
    assertEquals("kim-2-2", names.next("kim-2"));
    assertEquals("kim-3", names.next("kim"));
  }

  @Test
  void upper_and_lower_case_and_ways_to_compose_a_letter_make_no_two_names() {
    Set<String> folded = new HashSet<>();
    List<String> alike = List.of("Straße", "STRASSE", "strasse", "김", "\u1100\u1175\u11B7");
    for (String name : alike) {
      String folder = names.next(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
      assertTrue(folded.add(folder), folder);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "김", "😀"})
  void a_long_name_is_cut_between_two_letters(String letter, @TempDir Path out) throws IOException {
    String one = letter.repeat(250);
    String other = one + "y";
    for (String name : List.of(one, other, one)) {
      String folder = names.next(name);
      assertTrue(folder.getBytes(StandardCharsets.UTF_8).length <= 255, folder);
      Files.createDirectory(Path.of(URI.create(out.toUri() + encoded(folder))));
    }
  }

  private static String encoded(String name) {
    StringBuilder text = new StringBuilder();
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      text.append(String.format(Locale.ROOT, "%%%02X", each));
    }
    return text.toString();
  }
}

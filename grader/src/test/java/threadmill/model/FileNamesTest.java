package threadmill.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as bytes; whatever the locale is that this test runs in. */
@EnabledOnOs(OS.LINUX)
class FileNamesTest {
  @TempDir private Path folder;

  @Test
  void a_name_in_utf_8_is_told_in_any_locale() throws IOException {
    Path korean = Files.createDirectory(raw("%EA%B9%80%EC%B2%A0%EC%88%98"));
    assertEquals("김철수", FileNames.name(korean));
    assertEquals("김철수", FileNames.submission(raw("%EA%B9%80%EC%B2%A0%EC%88%98.ZIP")));
    assertEquals(folder + "/김철수", FileNames.text(korean));
    assertTrue(Files.isDirectory(FileNames.path(folder + "/김철수")));
    assertTrue(Files.isSameFile(korean, FileNames.in(folder, "김철수")));
    Path file = Files.createFile(korean.resolve("A.java"));
    assertEquals("김철수/A.java", FileNames.relative(folder, file));
  }

  @Test
  void bytes_that_are_no_text_are_told_one_by_one_and_found_again() throws IOException {
    Path odd = Files.createDirectory(raw("kim%20%FF"));
    assertEquals("kim%20%FF", FileNames.name(odd));
    assertEquals(folder.toUri() + "kim%20%FF/", FileNames.text(odd));
    assertTrue(Files.isSameFile(odd, FileNames.path(FileNames.text(odd))));
    assertTrue(Files.isSameFile(odd, FileNames.path("file:" + folder + "/kim%20%FF")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two%0Alines", "%1B%5B2J", "a%E2%80%AEb"})
  void a_name_that_would_be_obeyed_by_a_terminal_is_told_as_a_uri(String name) {
    assertEquals(folder.toUri() + name, FileNames.text(raw(name)));
  }

  @Test
  void a_relative_path_stays_relative() {
    assertEquals("docs/kim", FileNames.text(Path.of("docs", "kim")));
    assertEquals(".", FileNames.text(Path.of(".")));
    assertEquals(Path.of("docs/kim"), FileNames.path("docs/kim"));
    assertEquals(
        Path.of("").toAbsolutePath().getFileName().toString(), FileNames.name(Path.of(".")));
  }

  @Test
  void the_root_has_a_name_as_well() {
    assertEquals("/", FileNames.name(Path.of("/")));
    assertEquals("/", FileNames.text(Path.of("/")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:/%00", "file:///a b", "file://host/a", "nul\0"})
  void what_names_no_file_is_refused(String text) {
    assertThrows(InvalidPathException.class, () -> FileNames.path(text));
  }

  private Path raw(String encoded) {
    return Path.of(URI.create(folder.toUri() + encoded));
  }
}

package threadmill.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"submissions/kim.zip", "/tmp/a_b-c/1,2:3@x+y=100%", "locks.semaphore:X1:x0-1n3-2"})
  void what_the_shell_leaves_alone_is_not_quoted(String word) {
    assertEquals(word, ShellWord.of(word));
  }

  @ParameterizedTest
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @ValueSource(
      strings = {
        "kim $(touch pwned)",
        "kim `touch pwned`",
        "it's",
        "''",
        "a\"b\\c",
        "$HOME",
        "~",
        "a;b|c&d",
        "*",
        "[a]?",
        "{a,b}",
        "#a",
        "!1",
        "a<b>c(d)e",
        "",
        " ",
        "tab\there",
        "x^y"
      })
  void the_shell_gives_back_every_word_as_it_was(String word) throws IOException {
    Process shell = new ProcessBuilder("/bin/sh", "-c", "printf %s " + ShellWord.of(word)).start();
    byte[] said = shell.getInputStream().readAllBytes();
    assertEquals(word, new String(said, StandardCharsets.UTF_8));
  }

  @Test
  void a_path_that_looks_like_an_option_is_none() {
    assertEquals("./--help", ShellWord.of("--help"));
  }

  @Test
  void letters_of_any_script_are_no_danger_but_spaces_of_any_width_are() {
    assertEquals("김철수", ShellWord.of("김철수"));
    assertEquals("'김\u3000철수'", ShellWord.of("김\u3000철수"));
  }

  @Test
  void a_path_that_would_move_the_cursor_is_written_as_a_uri() {
    String word = ShellWord.of(Path.of("/nowhere/two\nlines \u001B[2J"));
    assertEquals("file:///nowhere/two%0Alines%20%1B%5B2J", word);
  }
}

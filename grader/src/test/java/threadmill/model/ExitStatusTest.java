package threadmill.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExitStatusTest {
  @ParameterizedTest
  @CsvSource({
    "129, SIGHUP",
    "130, SIGINT",
    "137, SIGKILL",
    "138, SIGUSR1",
    "143, SIGTERM",
    "158, signal 30",
    "192, signal 64"
  })
  void what_somebody_sends_is_a_kill(int code, String name) {
    assertTrue(new ExitStatus(code).isKill());
    assertEquals(name, new ExitStatus(code).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "132, SIGILL",
    "134, SIGABRT",
    "135, SIGBUS",
    "136, SIGFPE",
    "139, SIGSEGV",
    "152, SIGXCPU",
    "153, SIGXFSZ"
  })
  void what_a_process_brings_upon_itself_is_none(int code, String name) {
    assertFalse(new ExitStatus(code).isKill());
    assertEquals(name, new ExitStatus(code).toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 128, 193, 255})
  void an_exit_code_is_an_exit_code(int code) {
    assertFalse(new ExitStatus(code).isKill());
    assertEquals("exit code " + code, new ExitStatus(code).toString());
  }

  @Test
  void limits_have_names() {
    assertTrue(new ExitStatus(152).isOutOfTime());
    assertTrue(new ExitStatus(153).isOutOfFileSize());
  }
}

package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import threadmill.jail.Cell;
import threadmill.jail.Inmate;
import threadmill.jail.Jail;
import threadmill.jail.Level;

/** The self-test of machines that do not work. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SelfTestTest {
  @Test
  void a_machine_on_which_nothing_compiles_is_not_well_and_says_why() {
    assertEquals(
        Optional.of("the correct program: the compiler broke off with exit code 1: bwrap: no room"),
        new SelfTest(failing(cell -> true)).fault());
  }

  @Test
  void a_machine_on_which_nothing_can_be_asked_is_not_well_and_says_why() {
    Optional<String> fault = new SelfTest(failing(cell -> !cell.shared())).fault();
    assertEquals(
        Optional.of(
            "the correct program: T1 came to INCONCLUSIVE: the child JVM could not be started:"
                + " it ended with exit code 1 at once: bwrap: no room, each of 3 times: an"
                + " instructor should look at it"),
        fault);
  }

  @Test
  void a_machine_that_works_has_no_fault() {
    Optional<String> fault = new SelfTest(Jail.open()).fault();
    assertTrue(fault.isEmpty(), fault::toString);
  }

  private static Jail failing(Predicate<Cell> which) {
    return new Jail() {
      @Override
      public Level level() {
        return Level.D;
      }

      @Override
      public Inmate start(Cell cell) throws IOException {
        List<String> broken = List.of("/bin/sh", "-c", "echo bwrap: no room >&2; exit 1");
        List<String> command = which.test(cell) ? broken : cell.command();
        return Jail.open()
            .start(new Cell(command, cell.folder(), cell.shared(), cell.readable(), cell.limits()));
      }
    };
  }
}

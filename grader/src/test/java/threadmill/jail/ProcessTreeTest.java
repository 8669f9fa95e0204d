package threadmill.jail;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import threadmill.harness.Processes;
import threadmill.model.Limits;

@EnabledOnOs(OS.LINUX)
class ProcessTreeTest {
  private final Jail jail = Jail.open();
  @TempDir private Path folder;

  @Test
  void the_mark_is_the_one_that_the_census_looks_for() {
    assertEquals(Processes.TAG, ProcessTree.MARK);
  }

  @Test
  void a_child_and_its_children_end_together() throws IOException {
    Inmate inmate = start("sleep 60 & echo $!; wait");
    long grandchild = pid(inmate);
    inmate.end();
    assertGone(grandchild);
    assertFalse(inmate.process().isAlive());
  }

  @Test
  void an_orphan_in_a_session_of_its_own_ends_as_well() throws IOException {
    // Where there is no such tool, it is an orphan all the same.
    String session = Tool.SETSID.map(Path::toString).orElse("");
    Inmate inmate = start("(" + session + " sh -c 'echo $$; exec sleep 60' &) ; sleep 60");
    long orphan = pid(inmate);
    inmate.end();
    assertGone(orphan);
  }

  @Test
  void the_environment_of_the_grader_is_not_inherited() throws IOException {
    Inmate inmate = start("env");
    try (BufferedReader out = inmate.process().inputReader()) {
      String names =
          out.lines().map(l -> l.replaceAll("=.*", "")).sorted().collect(Collectors.joining(" "));
      assertEquals(
          "HOME LANG PATH PWD THREADMILL_RUN",
          names.replace(" _", "").replace(" OLDPWD", "").replace(" SHLVL", ""));
    } finally {
      inmate.end();
    }
  }

  @Test
  void the_limits_are_in_force() throws IOException {
    Limits limits = jail.inForce(Limits.STANDARD);
    Inmate inmate = start("ulimit -H -n; ulimit -S -t");
    try (BufferedReader out = inmate.process().inputReader()) {
      String cpu =
          limits.cpuSeconds() == Integer.MAX_VALUE ? "unlimited" : "" + limits.cpuSeconds();
      assertEquals(List.of("" + limits.files(), cpu), out.lines().toList());
    } finally {
      inmate.end();
    }
  }

  @Test
  void without_a_session_of_its_own_it_does_not_hear_what_a_terminal_sends() throws IOException {
    String script = "for s in HUP INT QUIT TSTP; do kill -$s $$; done; echo alive";
    Cell cell =
        new Cell(List.of("/bin/sh", "-c", script), folder, true, List.of(), Limits.STANDARD);
    Inmate inmate = new LeveledJail(Level.D, List.of(), Optional.empty()).start(cell);
    try (BufferedReader out = inmate.process().inputReader()) {
      assertEquals("alive", out.readLine());
    } finally {
      inmate.end();
    }
  }

  @Test
  void ending_twice_does_no_harm() throws IOException {
    Inmate inmate = start("sleep 60");
    inmate.end();
    inmate.end();
    assertFalse(inmate.process().isAlive());
  }

  private Inmate start(String script) throws IOException {
    return jail.start(
        new Cell(List.of("/bin/sh", "-c", script), folder, true, List.of(), Limits.STANDARD));
  }

  private static long pid(Inmate inmate) throws IOException {
    long pid = Long.parseLong(inmate.process().inputReader().readLine());
    assertTrue(Processes.isAlive(pid));
    return pid;
  }

  private static void assertGone(long pid) {
    await().until(() -> !Processes.isAlive(pid));
  }
}

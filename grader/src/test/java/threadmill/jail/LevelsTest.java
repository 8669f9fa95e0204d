package threadmill.jail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import threadmill.model.Limits;

/** Every level that this machine gives, met by what must not get out. */
@EnabledOnOs(OS.LINUX)
class LevelsTest {
  private static final List<String> JAVA =
      List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-version");
  private static final Levels LEVELS = Levels.of(new Levels.Probe(List.of(), List.of(), JAVA));
  private static final Limits TIGHT = new Limits(60, 96, 40, 64, 1, 2, 1);

  @TempDir private Path folder;

  /** What one confined shell did. */
  private record Ran(int exit, String out, boolean outOfMemory) {}

  static List<Level> given() {
    return Arrays.stream(Level.values()).filter(l -> LEVELS.obstacle(l).isEmpty()).toList();
  }

  static List<Level> fenced() {
    return given().stream().filter(l -> l != Level.D).toList();
  }

  static List<Level> walled() {
    return given().stream().filter(Level::hasNamespaces).toList();
  }

  /** What makes such a level, in its simplest form. */
  private static List<String> bare(Level level) {
    String user = "setpriv --reuid=61183 --regid=61183 --clear-groups ";
    String walls = "bwrap --unshare-pid --ro-bind / / --proc /proc --dev /dev --tmpfs /tmp ";
    String words =
        switch (level) {
          case A_PLUS -> user + walls + "--unshare-all --unshare-user ";
          case A -> walls + "--unshare-all --unshare-user ";
          case A_ROOT -> walls + user;
          case B -> user;
          case D -> "";
        };
    return Stream.concat(Stream.of(words.split(" ")), JAVA.stream())
        .filter(word -> !word.isEmpty())
        .toList();
  }

  @Test
  void a_level_that_is_not_given_says_why() {
    for (Level level : Level.values()) {
      if (!given().contains(level)) {
        String why = LEVELS.obstacle(level).orElseThrow();
        IllegalArgumentException refused =
            assertThrows(IllegalArgumentException.class, () -> LEVELS.at(level));
        assertEquals("no isolation level " + level + " here: " + why, refused.getMessage());
      }
    }
  }

  /** So only the machine can leave the tests of a level without anything to run. */
  @ParameterizedTest
  @EnumSource
  void a_level_whose_tools_work_by_themselves_is_given(Level level) throws Exception {
    if (Levels.missing(level).isEmpty()) {
      Process process =
          new ProcessBuilder(bare(level))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      boolean works = process.exitValue() == 0;
      assertTrue(!works || given().contains(level), LEVELS.obstacle(level)::toString);
    }
  }

  @Test
  void the_strongest_level_is_the_first_that_is_given() {
    assertEquals(given().get(0), LEVELS.strongest().level());
    assertTrue(Level.A_PLUS.isAtLeast(Level.A));
    assertFalse(Level.B.isAtLeast(Level.A_ROOT));
  }

  @ParameterizedTest
  @MethodSource("given")
  void a_command_runs_in_its_folder_and_its_exit_code_comes_out(Level level) throws Exception {
    Ran ran = run(level, "pwd; echo done > file; exit 7");
    assertEquals(7, ran.exit());
    assertEquals(folder.toString(), ran.out().strip());
    assertEquals("done\n", Files.readString(folder.resolve("file")));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("fenced")
  void orphans_without_mark_or_session_end_with_it(Level level) throws Exception {
    String line = "sleep 60" + System.nanoTime() % 1_000_000;
    run(level, "(setsid env -i /bin/sh -c 'exec " + line + "' >/dev/null 2>&1 &) ; sleep 0.2");
    assertTrue(
        ProcessHandle.allProcesses()
            .noneMatch(p -> p.info().commandLine().orElse("").endsWith(line)));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("fenced")
  void more_tasks_than_allowed_are_not_started(Level level) throws Exception {
    Ran ran = run(level, "i=0; while [ $i -lt 200 ]; do sleep 5 & i=$((i+1)); done; jobs | wc -l");
    assertTrue(ran.exit() != 0 || Integer.parseInt(ran.out().strip()) <= TIGHT.tasks(), ran.out());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("fenced")
  void there_are_no_capabilities_and_no_way_to_new_ones(Level level) throws Exception {
    Ran ran = run(level, "grep -E '^(CapPrm|CapEff|CapBnd|NoNewPrivs)' /proc/self/status");
    assertEquals(
        "CapPrm:\t0000000000000000 CapEff:\t0000000000000000 CapBnd:\t0000000000000000"
            + " NoNewPrivs:\t1",
        ran.out().strip().replace("\n", " "));
  }

  @ParameterizedTest
  @MethodSource("given")
  void too_much_memory_ends_it(Level level) throws Exception {
    Ran ran = run(level, "sh -c 'x=$(head -c 300M /dev/zero | tr \"\\0\" x); sleep 2'");
    assertTrue(ran.outOfMemory(), "exit " + ran.exit());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("fenced")
  void too_much_processor_time_ends_it_by_a_signal_of_its_own(Level level) throws Exception {
    Limits second = new Limits(1, 96, 40, 64, 1, 2, 1);
    assertEquals(128 + 24, run(level, "while :; do :; done", second).exit());
  }

  @ParameterizedTest
  @MethodSource("given")
  void a_file_has_a_largest_size(Level level) throws Exception {
    run(level, "head -c 4M /dev/zero > file");
    int most = Math.min(4, LEVELS.at(level).inForce(TIGHT).fileMib());
    assertEquals((long) most << 20, Files.size(folder.resolve("file")));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("walled")
  void other_files_processes_and_networks_are_not_there(Level level) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String connect =
          "bash -c 'echo > /dev/tcp/127.0.0.1/"
              + server.getLocalPort()
              + "' 2>/dev/null && echo net;";
      Ran ran =
          run(
              level,
              connect
                  + "ls -d /home /root /etc/passwd /etc/shadow /var /sys /usr/share 2>/dev/null;"
                  + "kill -0 "
                  + ProcessHandle.current().pid()
                  + " 2>/dev/null && echo grader;"
                  + "ls /proc | grep -c '^[0-9]'");
      assertEquals(1, ran.out().lines().count(), ran.toString());
      assertTrue(Integer.parseInt(ran.out().strip()) < 12, ran.out());
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("walled")
  void nothing_can_be_written_but_the_folder_and_small_temporary_ones(Level level)
      throws Exception {
    Ran ran =
        run(
            level,
            "for f in /x /usr/x /etc/x /dev/x /proc/self/comm /proc/self/oom_score_adj; do"
                + " (echo 1 > $f) 2>/dev/null && echo wrote $f; done;"
                + "for i in 1 2 3 4; do head -c 1M /dev/zero > /tmp/$i 2>/dev/null; done;"
                + "cat /tmp/[1-4] | wc -c");
    assertEquals(1, ran.out().lines().count(), ran.toString());
    assertTrue(Integer.parseInt(ran.out().strip()) <= TIGHT.diskMib() << 20, ran.out());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("walled")
  void the_system_call_filter_is_in_force(Level level) throws Exception {
    Ran ran = run(level, "grep -E '^Seccomp:' /proc/self/status; unshare -U true 2>&1; true");
    assertTrue(ran.out().startsWith("Seccomp:\t2"), ran.out());
    assertTrue(ran.out().contains("Operation not permitted"), ran.out());
  }

  @ParameterizedTest
  @MethodSource("given")
  void the_folder_is_the_graders_again_afterwards(Level level) throws Exception {
    run(level, "mkdir sub; echo 1 > sub/file");
    Path own = Files.createFile(folder.resolve("own"));
    assertEquals(Files.getOwner(own), Files.getOwner(folder.resolve("sub/file")));
  }

  private Ran run(Level level, String script) throws IOException, InterruptedException {
    return run(level, script, TIGHT);
  }

  private Ran run(Level level, String script, Limits limits)
      throws IOException, InterruptedException {
    // Into a file: an orphan would hold a pipe open.
    List<String> command = List.of("/bin/sh", "-c", "exec >out 2>/dev/null; " + script);
    Inmate inmate = LEVELS.at(level).start(new Cell(command, folder, true, List.of(), limits));
    try (inmate) {
      Process process = inmate.process();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      inmate.end();
      Path out = folder.resolve("out");
      String said = Files.exists(out) ? Files.readString(out) : "";
      return new Ran(process.exitValue(), said, inmate.isOutOfMemory());
    }
  }
}

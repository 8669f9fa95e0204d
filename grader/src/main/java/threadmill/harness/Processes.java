package threadmill.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import threadmill.model.ExitStatus;
import threadmill.model.Kind;

/** A census of child processes and descriptors. Thread-safe. */
public final class Processes {
  /** Inherited by every process a submission starts, even one that leaves the family tree. */
  public static final String TAG = "THREADMILL_RUN";

  private static final int LONGEST = 160;

  private Processes() {}

  /**
   * The processes started from this JVM that still run: descendants and, on Linux, orphans that
   * were started from it. A zombie is not alive.
   */
  public static List<Long> alive() {
    List<Long> found = new ArrayList<>();
    ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .filter(Processes::isAlive)
        .forEach(found::add);
    String run = System.getenv(TAG);
    if (run != null && Kernel.available()) {
      long self = ProcessHandle.current().pid();
      for (long pid : Kernel.processIds()) {
        if (pid != self
            && !found.contains(pid)
            && Kernel.hasEnvironment(pid, TAG + "=" + run)
            && isAlive(pid)) {
          found.add(pid);
        }
      }
    }
    return found;
  }

  /** Whether a process with this id runs; a zombie does not. */
  public static boolean isAlive(long pid) {
    boolean known = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    Optional<Kernel.Stat> stat = Kernel.process(pid);
    return known && stat.map(s -> s.state() != 'Z').orElse(!Kernel.available());
  }

  /** Ends every process of {@link #alive} by force. */
  public static void endAll() {
    for (long pid : alive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /**
   * For a process of the contract's own, which the student's code cannot end: what went wrong with
   * it proves nothing if it was killed. Gives it a second to have ended.
   *
   * @throws Failure that nothing can be concluded, if it was killed
   */
  public static void mustNotBeKilled(Process process) {
    try {
      if (process.waitFor(1, TimeUnit.SECONDS)) {
        ExitStatus how = new ExitStatus(process.exitValue());
        if (how.isKill()) {
          throw Failure.of(Kind.INCONCLUSIVE, "another process of this check was killed by " + how);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Kind.INCONCLUSIVE, "the check itself was interrupted");
    }
  }

  /** How many descriptors this JVM has open, or -1 where that cannot be told. */
  public static int openDescriptors() {
    return Kernel.descriptors();
  }

  /** What a process runs and whether it moves, for evidence, as far as the system tells. */
  public static String describe(long pid) {
    String state = Kernel.process(pid).map(s -> ", " + s.words()).orElse("");
    return ProcessHandle.of(pid)
        .map(ProcessHandle::info)
        .flatMap(ProcessHandle.Info::commandLine)
        .map(line -> "process " + pid + state + ": " + shortened(line))
        .orElse("process " + pid + state);
  }

  /** A command line without what every JVM is given. */
  private static String shortened(String line) {
    String own = line.replaceAll(" (-X\\S+|-D\\S+|-cp \\S+)", "");
    String plain = new TempNames(Path.of(System.getProperty("java.io.tmpdir"))).plain(own);
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 1) + "…";
  }
}

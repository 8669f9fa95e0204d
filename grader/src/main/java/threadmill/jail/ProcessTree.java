package threadmill.jail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A process, its descendants, its process group and its orphans. Those that run when the grader
 * ends, by Ctrl-C too, are ended with it.
 */
final class ProcessTree implements Inmate {
  /** Inherited by all that the process starts; {@code harness.Processes} takes its census by it. */
  static final String MARK = "THREADMILL_RUN";

  private static final Path PROC = Path.of("/proc");
  private static final int SWEEPS = 5;
  private static final int WRAPPERS = 2;
  private static final Set<ProcessTree> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Ending.endsProcesses(() -> RUNNING.forEach(ProcessTree::end));
  }

  private final Process process;
  private final String mark;
  private final boolean namespaces;
  private final boolean ownGroup;
  private final Optional<Cgroup> cgroup;
  private final Fittings fittings;
  private volatile boolean outOfMemory;
  private boolean ended;

  private ProcessTree(
      Process process,
      String mark,
      boolean namespaces,
      boolean ownGroup,
      Optional<Cgroup> cgroup,
      Fittings fittings) {
    this.process = process;
    this.mark = mark;
    this.namespaces = namespaces;
    this.ownGroup = ownGroup;
    this.cgroup = cgroup;
    this.fittings = fittings;
  }

  /** The grader's end may have begun just before, and have missed it. */
  static ProcessTree register(
      Process process,
      String mark,
      boolean namespaces,
      boolean ownGroup,
      Optional<Cgroup> cgroup,
      Fittings fittings) {
    ProcessTree tree = new ProcessTree(process, mark, namespaces, ownGroup, cgroup, fittings);
    RUNNING.add(tree);
    if (Ending.hasBegun()) {
      tree.end();
      Ending.stopHere();
    }
    return tree;
  }

  /** The process and its descendants, as they are now. */
  LongStream pids() {
    return LongStream.concat(
        LongStream.of(process.pid()), process.descendants().mapToLong(ProcessHandle::pid));
  }

  @Override
  public Duration cpu() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .flatMap(handle -> handle.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public int tasks() {
    return pids()
        .mapToObj(pid -> PROC.resolve(pid + "/task").toFile().list())
        .mapToInt(threads -> threads == null ? 0 : threads.length)
        .sum();
  }

  @Override
  public boolean isStopped() {
    try {
      String stat = Files.readString(PROC.resolve(command().pid() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    } catch (IOException e) {
      return false;
    }
  }

  /** bwrap stays, twice, as the parent of what it starts; all other tools become the command. */
  private ProcessHandle command() {
    ProcessHandle handle = process.toHandle();
    for (int depth = 0; depth < WRAPPERS && isBubblewrap(handle); depth++) {
      handle = handle.children().min(Comparator.comparing(ProcessHandle::pid)).orElse(handle);
    }
    return handle;
  }

  private static boolean isBubblewrap(ProcessHandle handle) {
    try {
      return Files.readString(PROC.resolve(handle.pid() + "/comm")).strip().equals("bwrap");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public boolean isOutOfMemory() {
    return outOfMemory || cgroup.map(Cgroup::isOutOfMemory).orElse(false);
  }

  @Override
  public boolean isOutOfTasks() {
    return cgroup.map(Cgroup::isOutOfTasks).orElse(false);
  }

  void endForMemory() {
    outOfMemory = true;
    end();
  }

  @Override
  public Process process() {
    return process;
  }

  @Override
  public synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (!namespaces) {
      sweep();
    }
    // With namespaces the kernel ends all of them with the first.
    process.destroyForcibly();
    reap();
    outOfMemory |= cgroup.map(Cgroup::isOutOfMemory).orElse(false);
    fittings.close();
    RUNNING.remove(this);
  }

  /** What dies may be starting something else meanwhile, hence more than once. */
  private void sweep() {
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      if (ownGroup) {
        signalGroup();
      }
      if (endMarked() == 0) {
        break;
      }
    }
  }

  private void signalGroup() {
    try {
      // The shell's own, since a program of that name is not everywhere.
      new ProcessBuilder("/bin/sh", "-c", "kill -KILL -" + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(5, TimeUnit.SECONDS);
    } catch (IOException e) {
      // No shell here: descendants and orphans are ended one by one all the same.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends every process that carries the mark, and answers how many there were. */
  private int endMarked() {
    String[] names = PROC.toFile().list((dir, name) -> name.chars().allMatch(Character::isDigit));
    int found = 0;
    for (String name : names == null ? new String[0] : names) {
      if (isMarked(PROC.resolve(name))) {
        found++;
        ProcessHandle.of(Long.parseLong(name)).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    return found;
  }

  private boolean isMarked(Path dir) {
    try {
      String all = Files.readString(dir.resolve("environ"), StandardCharsets.ISO_8859_1);
      return ("\0" + all).contains("\0" + MARK + "=" + mark + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  private void reap() {
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

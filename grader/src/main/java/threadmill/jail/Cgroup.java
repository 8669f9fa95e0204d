package threadmill.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import threadmill.model.Limits;

/**
 * A control group of one inmate's own, of version 1 or 2, below that of the grader: memory and
 * number of tasks are limited by the kernel.
 */
final class Cgroup implements Fittings.Fitting {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /** A grader in another container has process ids of its own, and is not taken for dead. */
  private static final String PREFIX = "threadmill-" + processNamespace() + "-";

  private static final int TRIES = 50;

  /** Groups whose last process took too long to go. */
  private static final Set<Path> LEFT = ConcurrentHashMap.newKeySet();

  /** Those that have not been removed. */
  private static final Set<Path> MADE = ConcurrentHashMap.newKeySet();

  static {
    Ending.clearsAway(Cgroup::removeAll);
  }

  /** Groups that are in use. */
  private static final Set<Cgroup> USED = new HashSet<>();

  private static long killsInPast;

  private final List<Path> folders;

  private Cgroup(List<Path> folders) {
    this.folders = folders;
  }

  /** A group with these limits, or nothing where this machine gives us none. */
  static Optional<Cgroup> create(Limits limits) {
    String name = PREFIX + ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    Cgroup group = new Cgroup(new ArrayList<>());
    long bytes = (long) limits.memoryMib() << 20;
    try {
      if (Files.exists(ROOT.resolve("cgroup.controllers"))) {
        Path folder = group.make(place("0::", ROOT), name);
        Files.writeString(folder.resolve("memory.max"), Long.toString(bytes));
        Files.writeString(folder.resolve("memory.swap.max"), "0");
        Files.writeString(folder.resolve("pids.max"), Integer.toString(limits.tasks()));
      } else {
        Path memory = group.make(place(":memory:", ROOT.resolve("memory")), name);
        Files.writeString(memory.resolve("memory.limit_in_bytes"), Long.toString(bytes));
        Path tasks = group.make(place(":pids:", ROOT.resolve("pids")), name);
        Files.writeString(tasks.resolve("pids.max"), Integer.toString(limits.tasks()));
      }
      synchronized (USED) {
        USED.add(group);
      }
      return Optional.of(group);
    } catch (IOException e) {
      // Not ours to write, as in most containers: a watch over the memory does instead.
      group.close();
      return Optional.empty();
    }
  }

  private static String processNamespace() {
    try {
      Path link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
      return link.toString().replaceAll("\\D", "");
    } catch (IOException e) {
      return "0";
    }
  }

  private Path make(Path parent, String name) throws IOException {
    sweep(parent);
    Path folder = parent.resolve(name);
    Ending.whole(
        () -> {
          Files.createDirectory(folder);
          MADE.add(folder);
        });
    folders.add(folder);
    return folder;
  }

  /**
   * At the end of the grader: a thread that was about to remove one may not come to it any more.
   */
  private static void removeAll() {
    areGoneSoon(List.copyOf(MADE));
  }

  /** The grader's own group, or the root where that is not visible from here. */
  private static Path place(String controller, Path root) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
      int at = line.indexOf(controller);
      if (at >= 0) {
        Path own = root.resolve(line.substring(at + controller.length()).substring(1));
        return Files.isDirectory(own) ? own : root;
      }
    }
    return root;
  }

  /** The files to write a process id into. */
  List<String> entrances() {
    return folders.stream().map(f -> f.resolve("cgroup.procs").toString()).toList();
  }

  /**
   * Whether the kernel ended a process of the group because the group came to its limit. It also
   * counts there who is ended because a group above, or the machine, is out of memory, which is not
   * the inmate's fault.
   */
  boolean isOutOfMemory() {
    boolean atItsLimit = count("oom", "memory.events") > 0 || number("memory.failcnt") > 0;
    return atItsLimit && kills() > 0;
  }

  private long kills() {
    return count("oom_kill", "memory.events", "memory.oom_control");
  }

  /** How many processes of all groups the kernel has ended because a group came to its limit. */
  static long killsAtOwnLimit() {
    synchronized (USED) {
      return killsInPast
          + USED.stream().filter(Cgroup::isOutOfMemory).mapToLong(Cgroup::kills).sum();
    }
  }

  /**
   * Whether the kernel refused to start a process or thread because the group came to its limit.
   * Most kernels count there as well what they refuse for the limit of a group above; then there
   * are only few in this one.
   */
  boolean isOutOfTasks() {
    long most = Math.max(number("pids.peak"), number("pids.current"));
    return count("max", "pids.events") > 0 && 2 * most >= number("pids.max");
  }

  private long count(String event, String... files) {
    return folders.stream()
        .flatMap(folder -> Stream.of(files).map(folder::resolve))
        .flatMap(Cgroup::lines)
        .filter(line -> line.startsWith(event + " "))
        .mapToLong(line -> Long.parseLong(line.substring(event.length() + 1)))
        .sum();
  }

  private long number(String file) {
    return folders.stream()
        .map(folder -> folder.resolve(file))
        .flatMap(Cgroup::lines)
        .mapToLong(Long::parseLong)
        .sum();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file).stream() : Stream.empty();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /** A group can only go when the last process has, which the kernel may take a moment for. */
  @Override
  public void close() {
    synchronized (USED) {
      if (USED.remove(this) && isOutOfMemory()) {
        killsInPast += kills();
      }
    }
    LEFT.addAll(folders);
    areGoneSoon(folders);
  }

  private static void areGoneSoon(List<Path> folders) {
    for (int i = 0; i < TRIES && !areGone(folders); i++) {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static boolean areGone(List<Path> some) {
    List<Path> gone = some.stream().filter(Cgroup::isGone).toList();
    LEFT.removeAll(gone);
    MADE.removeAll(gone);
    return MADE.stream().noneMatch(some::contains);
  }

  private static boolean isGone(Path folder) {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The groups of graders that no longer run, and our own that were left. */
  private static void sweep(Path parent) throws IOException {
    areGone(List.copyOf(LEFT));
    try (Stream<Path> entries = Files.list(parent)) {
      entries
          .filter(p -> p.getFileName().toString().matches(PREFIX + "\\d+-.*"))
          .filter(p -> ProcessHandle.of(pid(p)).isEmpty())
          .forEach(Cgroup::isGone);
    }
  }

  private static long pid(Path folder) {
    String rest = folder.getFileName().toString().substring(PREFIX.length());
    return Long.parseLong(rest.substring(0, rest.indexOf('-')));
  }
}

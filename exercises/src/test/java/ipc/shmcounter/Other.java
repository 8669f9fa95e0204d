package ipc.shmcounter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import threadmill.JavaCommand;
import threadmill.harness.Door;
import threadmill.harness.Processes;

/** Another process: what it does with the file, and how it is started. */
final class Other {
  private static final Path LOCKS = Path.of("/proc/locks");
  private static final int LOCKED_OUT = 5;
  private static final int HALF_LOCKED_OUT = 6;

  private final Process process;
  private final Path said;

  private Other(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  /** Is inside {@code updateLocked} of a slot, and adds 100, when it is let in at the door. */
  static Other inside(Path file, int slots, int slot, Door door) {
    return start(file, "inside", slots, slot, door.address());
  }

  /** Holds a lock on the bytes of a slot, without a line of the student's. */
  static Other holding(Path file, int slot, Door door) {
    return start(file, "holding", 0, slot, door.address());
  }

  /** Tries to lock the bytes of a slot, without a line of the student's. */
  static Other trying(Path file, int slot) {
    return start(file, "trying", 0, slot, "");
  }

  /** Adds 1 again and again, from so many threads, after it was let in. */
  static Other adding(Path file, int slots, int threads, int times, Door door) {
    return start(file, "adding", slots, threads, door.address() + ":" + times);
  }

  private static Other start(Path file, String what, int slots, int slot, String rest) {
    List<String> command =
        JavaCommand.of(
            Other.class,
            what,
            file.toString(),
            Integer.toString(slots),
            Integer.toString(slot),
            rest);
    try {
      Path said = Files.createTempFile(file.getParent(), "said", ".txt");
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      return new Other(builder.redirectOutput(Redirect.to(said.toFile())).start(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Nothing is proved by what became of it if somebody has killed it. */
  void mustNotBeKilled() {
    Processes.mustNotBeKilled(process);
  }

  boolean endedWell() {
    return !process.isAlive() && process.exitValue() == 0;
  }

  boolean wasLockedOut() {
    return !process.isAlive() && process.exitValue() == LOCKED_OUT;
  }

  /** Some of the bytes were locked, and others were not. */
  boolean wasHalfLockedOut() {
    return !process.isAlive() && process.exitValue() == HALF_LOCKED_OUT;
  }

  /** What it printed, for evidence. */
  List<String> said() {
    try {
      return Files.readAllLines(said).stream().limit(8).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  public static void main(String[] words) throws Exception {
    Path file = Path.of(words[1]);
    int slots = Integer.parseInt(words[2]);
    int number = Integer.parseInt(words[3]);
    switch (words[0]) {
      case "inside" -> {
        try (ShmCounter counter = ShmCounter.open(file, slots)) {
          counter.updateLocked(
              number,
              value -> {
                Door.waitAt(words[4]);
                return value + 100;
              });
        }
      }
      case "holding" -> {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            FileLock lock = channel.lock(8L * number, 8, false)) {
          Door.waitAt(words[4]);
        }
      }
      case "trying" -> {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            FileLock first = channel.tryLock(8L * number, 1, false);
            FileLock rest = channel.tryLock(8L * number + 1, 6, false);
            FileLock last = channel.tryLock(8L * number + 7, 1, false)) {
          boolean out = first == null && last == null;
          boolean in = first != null && rest != null && last != null;
          Runtime.getRuntime().halt(out ? LOCKED_OUT : in ? 0 : HALF_LOCKED_OUT);
        }
      }
      default -> {
        String[] rest = words[4].split(":");
        try (ShmCounter counter = ShmCounter.open(file, slots)) {
          Door.waitAt(rest[0]);
          add(counter, number, Integer.parseInt(rest[1]));
        }
      }
    }
  }

  private static void add(ShmCounter counter, int threads, int times) throws Exception {
    List<Thread> all = new ArrayList<>();
    List<Throwable> problems = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(() -> addAll(counter, times, problems));
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    if (!problems.isEmpty()) {
      problems.get(0).printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void addAll(ShmCounter counter, int times, List<Throwable> problems) {
    try {
      addAll(counter, times);
    } catch (IOException | RuntimeException e) {
      synchronized (problems) {
        problems.add(e);
      }
    }
  }

  /** What every thread of every process does: slot 1 atomically, slot 2 under its lock. */
  static void addAll(ShmCounter counter, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      for (int n = 0; n < 20; n++) {
        counter.addAtomic(1, 1);
      }
      counter.updateLocked(2, Other::plusOne);
    }
  }

  /** Takes its time, 30 microseconds, so that who is not locked out comes in between. */
  private static long plusOne(long value) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < 30_000) {
      Thread.onSpinWait();
    }
    return value + 1;
  }

  static boolean canTellWhoWaits() {
    return Files.isReadable(LOCKS);
  }

  /** Whether the kernel knows of a lock that this process waits for. */
  static boolean isSomebodyWaiting() {
    String self = Long.toString(ProcessHandle.current().pid());
    try (Stream<String> lines = Files.lines(LOCKS)) {
      return lines.anyMatch(l -> l.contains("->") && List.of(l.split("\\s+")).contains(self));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}

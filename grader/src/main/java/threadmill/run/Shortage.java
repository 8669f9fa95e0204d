package threadmill.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import threadmill.jail.OutOfMemoryKills;
import threadmill.jail.TempRoot;

/**
 * What this machine ran out of while submissions were graded, looked at four times a second:
 * whatever goes wrong meanwhile need not be the program's fault. Thread-safe.
 */
final class Shortage {
  private static final int MILLIS = 250;
  private static final long LEAST_DISK_BYTES = 1 << 20;
  private static final long LEAST_MEMORY_KIB = 32 << 10;
  private static final Map<Resource, Long> SEEN = new EnumMap<>(Resource.class);
  private static boolean watched;

  private final long begin = System.nanoTime();
  private final OutOfMemoryKills kills = new OutOfMemoryKills();

  private Shortage() {}

  /** Of what is short from now on. */
  static Shortage watch() {
    synchronized (SEEN) {
      if (!watched) {
        watched = true;
        Thread watch = new Thread(Shortage::lookForEver, "resource watch");
        watch.setDaemon(true);
        watch.start();
      }
    }
    return new Shortage();
  }

  /**
   * Why what went wrong since then need not be the program's fault.
   *
   * @param folder that the program works in
   * @param own whether the program itself uses so much of something that it may have caused it
   */
  Optional<String> reason(Path folder, Predicate<Resource> own) {
    if (kills.haveHappened()) {
      return Optional.of("the machine ran out of memory meanwhile, and ended processes by force");
    }
    for (Resource resource : Resource.values()) {
      boolean scarce = wasScarce(resource) || resource.isScarce(folder);
      if (scarce && !own.test(resource)) {
        return Optional.of(resource.sentence());
      }
    }
    return Optional.empty();
  }

  private boolean wasScarce(Resource resource) {
    if (isScarce(resource)) {
      return true;
    }
    synchronized (SEEN) {
      Long seen = SEEN.get(resource);
      return seen != null && seen - begin >= 0;
    }
  }

  private static void lookForEver() {
    try {
      while (true) {
        for (Resource resource : Resource.values()) {
          if (isScarce(resource)) {
            synchronized (SEEN) {
              SEEN.put(resource, System.nanoTime());
            }
          }
        }
        Thread.sleep(MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Cheaper than to take some, where that can be. */
  private static boolean isScarce(Resource resource) {
    return switch (resource) {
      case DISK -> freeBytes() < LEAST_DISK_BYTES;
      case MEMORY -> freeMemoryKib() < LEAST_MEMORY_KIB;
      case TASKS, DESCRIPTORS -> resource.isScarce(Path.of("/"));
    };
  }

  private static long freeBytes() {
    try {
      return Files.getFileStore(TempRoot.get().folder()).getUsableSpace();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Free, or free to be promised where the kernel promises no more than it has. */
  private static long freeMemoryKib() {
    long available = Long.MAX_VALUE;
    long limit = Long.MAX_VALUE;
    long promised = 0;
    for (String line : lines("/proc/meminfo")) {
      String[] words = line.split("\\s+");
      switch (words[0]) {
        case "MemAvailable:" -> available = Long.parseLong(words[1]);
        case "CommitLimit:" -> limit = Long.parseLong(words[1]);
        case "Committed_AS:" -> promised = Long.parseLong(words[1]);
        default -> {}
      }
    }
    boolean strict = lines("/proc/sys/vm/overcommit_memory").equals(List.of("2"));
    return strict ? Math.min(available, limit - promised) : available;
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      // Not Linux: nobody tells.
      return List.of();
    }
  }
}

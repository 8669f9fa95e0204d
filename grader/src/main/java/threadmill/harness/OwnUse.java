package threadmill.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What this JVM and the processes that it has started use of the machine, to be told from what
 * others use. Thread-safe.
 */
public final class OwnUse {
  private static final int MOST_FILES = 20_000;
  private static volatile boolean countsThreads;

  private OwnUse() {}

  /** To load what counts threads takes a while: only who needs it for something else pays. */
  static ThreadMXBean threads() {
    countsThreads = true;
    return ManagementFactory.getThreadMXBean();
  }

  /** A check begins: what others used before is not its own. */
  public static void begin() {
    if (countsThreads) {
      threads().resetPeakThreadCount();
    }
  }

  /** The most threads at a time since the check began, and all of its processes now. */
  public static int tasks() {
    int tasks = threads().getPeakThreadCount();
    for (long pid : Processes.alive()) {
      tasks += Math.max(1, Kernel.threads(pid));
    }
    return tasks;
  }

  /**
   * How much lies in a folder.
   *
   * @param bytes of all files together
   * @param files their number, counted up to 20,000
   */
  public record Disk(long bytes, int files) {}

  /** What cannot be read is not counted. */
  public static Disk disk(Path folder) {
    long[] found = new long[2];
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found[0] += attributes.size();
              found[1]++;
              return found[1] < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException reason) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // The folder is gone: what was found before counts.
      return new Disk(found[0], (int) found[1]);
    }
    return new Disk(found[0], (int) found[1]);
  }
}

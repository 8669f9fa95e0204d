package threadmill.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ends an inmate whose processes together hold more memory than they may, for machines that give us
 * no control group. It looks a few times a second, so a quick hog gets further than its limit.
 */
final class MemoryWatch {
  private static final int MILLIS = 250;
  private static final int PAGE_KIB = 4;

  private MemoryWatch() {}

  static void over(ProcessTree tree, int mostMib) {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return;
    }
    Thread watch =
        new Thread(
            () -> {
              while (tree.process().isAlive()) {
                if (tree.pids().map(MemoryWatch::residentKib).sum() > mostMib * 1_024L) {
                  tree.endForMemory();
                }
                try {
                  Thread.sleep(MILLIS);
                } catch (InterruptedException e) {
                  return;
                }
              }
            },
            "memory watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static long residentKib(long pid) {
    try {
      String[] pages = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ");
      return Long.parseLong(pages[1]) * PAGE_KIB;
    } catch (IOException e) {
      return 0;
    }
  }
}

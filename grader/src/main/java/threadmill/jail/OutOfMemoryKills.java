package threadmill.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many processes of this machine the kernel has ended because memory ran out, since this object
 * was made; without those of inmates that came to a limit of their own.
 */
public final class OutOfMemoryKills {
  private static final String COUNT = "oom_kill ";

  private final long before;

  /** In doubt there were fewer before. */
  public OutOfMemoryKills() {
    long all = all();
    before = all - Cgroup.killsAtOwnLimit();
  }

  /** Whether there was one since; in doubt there was. */
  public boolean haveHappened() {
    long ours = Cgroup.killsAtOwnLimit();
    return all() - ours > before;
  }

  /** As far as the kernel tells. */
  private static long all() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/vmstat"))) {
        if (line.startsWith(COUNT)) {
          return Long.parseLong(line.substring(COUNT.length()));
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }
}

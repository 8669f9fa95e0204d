package threadmill.jail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A user id that nobody else has while an inmate lives: locked against other graders of the machine
 * by a file that only root can touch.
 */
final class PrivateUser implements Fittings.Fitting {
  /** Between those that Debian gives to people and those that systemd gives to services. */
  private static final int FIRST = 61_001;

  private static final int LAST = 61_183;
  private static final Path LOCKS = Path.of("/run/threadmill");
  private static final List<Path> OPEN_TO_ALL =
      List.of(Path.of("/tmp"), Path.of("/var/tmp"), Path.of("/dev/shm"));
  private static final int SWEEPS = 20;

  /** By this grader: to open the file of a lock again, and close it, would give the lock away. */
  private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

  private final int id;
  private final boolean walled;
  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;
  private Path folder;

  private PrivateUser(int id, boolean walled, Path file, FileChannel channel, FileLock lock) {
    this.id = id;
    this.walled = walled;
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * A user that nobody has and nobody's process runs as.
   *
   * @param walled whether namespaces keep its files in and end its processes with the first one, so
   *     that there is nothing to sweep up
   */
  static PrivateUser take(boolean walled) throws IOException {
    return take(walled, LOCKS);
  }

  /**
   * @param locks the folder of the files that are locked
   */
  static PrivateUser take(boolean walled, Path locks) throws IOException {
    Files.createDirectories(locks);
    for (int id = FIRST; id <= LAST; id++) {
      PrivateUser user = TAKEN.add(id) ? lock(id, walled, locks.resolve("user-" + id)) : null;
      if (user != null) {
        return user;
      }
    }
    throw new IOException("all private users are taken");
  }

  /** That user, or null if another grader has it or a process still runs as it. */
  private static PrivateUser lock(int id, boolean walled, Path file) throws IOException {
    PrivateUser user = null;
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      FileLock lock = channel.tryLock();
      if (lock != null && processes(id, true).isEmpty()) {
        user = new PrivateUser(id, walled, file, channel, lock);
      } else {
        channel.close();
      }
      return user;
    } finally {
      if (user == null) {
        TAKEN.remove(id);
      }
    }
  }

  /** The file whose lock says that this user is taken. */
  Path lockFile() {
    return file;
  }

  /** Becomes this user for good, without any capability. */
  List<String> command() {
    return List.of(
        Tool.SETPRIV.orElseThrow().toString(),
        "--reuid=" + id,
        "--regid=" + id,
        "--clear-groups",
        "--inh-caps=-all",
        "--bounding-set=-all",
        "--no-new-privs");
  }

  /** Gives a folder with all that is in it to this user, until its inmate ends. */
  void own(Path lent) throws IOException {
    folder = lent;
    give(lent, id);
    // bwrap changes into it before it changes the user, without the rights of root.
    Files.setPosixFilePermissions(lent, PosixFilePermissions.fromString("rwx--x--x"));
  }

  private static void give(Path folder, int owner) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  @Override
  public void close() {
    if (!walled) {
      endProcesses();
    }
    try {
      if (folder != null && Files.exists(folder)) {
        takeBack();
      }
      if (!walled) {
        OPEN_TO_ALL.forEach(this::sweep);
      }
      lock.release();
      channel.close();
      TAKEN.remove(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next inmate may get the same user, and must not find these files its own. */
  private void takeBack() throws IOException {
    try {
      give(folder, 0);
    } catch (IOException | UncheckedIOException e) {
      // Its folders lie in folders until no path reaches the last of them: nobody gets in.
      Files.setAttribute(folder, "unix:uid", 0, LinkOption.NOFOLLOW_LINKS);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private void endProcesses() {
    for (int sweep = 0; sweep < SWEEPS && !processes(id, false).isEmpty(); sweep++) {
      endAll();
    }
  }

  /** Signals whatever this user may signal, atomically: nothing can be born behind its back. */
  private void endAll() {
    List<String> command = new java.util.ArrayList<>(command());
    command.addAll(List.of("/bin/sh", "-c", "kill -9 -1"));
    try {
      Process kill =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      // A late signal would hit whoever gets this user next.
      if (!kill.waitFor(60, TimeUnit.SECONDS)) {
        kill.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What it left in the folders that everybody may write to. */
  private void sweep(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(this::isMine).toList()) {
        FileTree.delete(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // There is no such folder here, or it changes meanwhile: the next inmate sweeps again.
      return;
    }
  }

  private boolean isMine(Path file) {
    try {
      return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(id);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Its processes.
   *
   * @param ended whether also those that have ended and wait for their parent, which count against
   *     the limit of the next one
   */
  private static List<Path> processes(int id, boolean ended) {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .filter(p -> p.getFileName().toString().chars().allMatch(Character::isDigit))
          .filter(p -> isOf(p, id, ended))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isOf(Path process, int id, boolean ended) {
    try {
      String status = Files.readString(process.resolve("status"));
      return status.contains("\nUid:\t" + id + "\t") && (ended || !status.contains("\nState:\tZ"));
    } catch (IOException e) {
      return false;
    }
  }
}

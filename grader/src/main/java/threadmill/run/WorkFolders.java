package threadmill.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import threadmill.jail.Ending;
import threadmill.jail.FileTree;
import threadmill.jail.TempRoot;

/**
 * Temporary folders named after the grader's process id, so that those of a grader that was killed
 * are swept away by the next one. A locked file beside each says that it is in use, also to a
 * grader in another container, which does not see the process. Thread-safe.
 */
final class WorkFolders {
  private static final String LOCK = ".lock";
  private static final int MOST = 10_000;
  private static final int TRIES = 50;
  private static final Map<Path, FileChannel> HELD = new ConcurrentHashMap<>();

  static {
    Ending.clearsAway(WorkFolders::deleteAll);
  }

  private WorkFolders() {}

  static Path create() throws IOException {
    Path folder = TempRoot.get().folder().resolve(TempRoot.freshName());
    // The end of the grader deletes what there is, and nothing may come after it.
    Ending.whole(() -> hold(folder));
    return folder;
  }

  private static void hold(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(lock(folder), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    HELD.put(folder, channel);
    open(Files.createDirectory(folder));
  }

  static Path create(Path parent, String name) throws IOException {
    return open(Files.createDirectory(parent.resolve(name)));
  }

  /** A folder of the first free name: the letter and a number. */
  static Path next(Path parent, String letter) throws IOException {
    for (int number = 1; number < MOST; number++) {
      try {
        return create(parent, letter + number);
      } catch (FileAlreadyExistsException e) {
        continue;
      }
    }
    throw new IOException("too many folders in " + parent);
  }

  /** A confined process of another user goes through it to the folder that it is given. */
  private static Path open(Path folder) throws IOException {
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
    return folder;
  }

  static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
      release(folder);
    } catch (DirectoryNotEmptyException e) {
      // Others still work in it; the last one deletes it.
      return;
    }
  }

  static void delete(Path folder) throws IOException {
    FileTree.delete(folder);
    release(folder);
  }

  /** At the end of the grader; a thread that still writes something does so in vain. */
  private static void deleteAll() {
    for (int i = 0; i < TRIES && !HELD.isEmpty(); i++) {
      for (Path folder : HELD.keySet()) {
        try {
          delete(folder);
        } catch (IOException e) {
          // Somebody is still writing into it, or has deleted it.
          continue;
        }
      }
    }
  }

  private static void release(Path folder) throws IOException {
    FileChannel channel = HELD.remove(folder);
    if (channel != null) {
      Files.deleteIfExists(lock(folder));
      channel.close();
    }
  }

  private static Path lock(Path folder) {
    String name = folder.getFileName().toString();
    return name.endsWith(LOCK) ? folder : folder.resolveSibling(name + LOCK);
  }

  /** Deletes the folders of graders that no longer run. */
  static void sweep() {
    try (Stream<Path> entries = Files.list(TempRoot.get().folder())) {
      entries.filter(WorkFolders::isOrphan).toList().forEach(WorkFolders::sweep);
    } catch (IOException e) {
      // What cannot be listed cannot be swept; it is not in our way.
      return;
    }
  }

  private static void sweep(Path orphan) {
    try {
      delete(orphan);
    } catch (IOException e) {
      // Somebody else's folder, or somebody else sweeps: either way it is not in our way.
      return;
    }
  }

  private static boolean isOrphan(Path folder) {
    OptionalLong maker = TempRoot.maker(folder);
    return maker.isPresent()
        && ProcessHandle.of(maker.getAsLong()).isEmpty()
        && !isLocked(lock(folder));
  }

  private static boolean isLocked(Path lock) {
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException | OverlappingFileLockException e) {
      // Another user's, for instance: not ours to sweep.
      return true;
    }
  }
}

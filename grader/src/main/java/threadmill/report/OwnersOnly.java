package threadmill.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/** Files that hold seeds: on file systems that know owners, nobody else may read them. */
final class OwnersOnly {
  private static final Set<PosixFilePermission> PERMISSIONS =
      PosixFilePermissions.fromString("rw-------");

  private OwnersOnly() {}

  /** Opens a file to write; where it is made, nobody else could ever have read it. */
  static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    Set<OpenOption> all = new HashSet<>(options);
    all.add(StandardOpenOption.WRITE);
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      return FileChannel.open(file, all);
    }
    FileChannel channel =
        FileChannel.open(file, all, PosixFilePermissions.asFileAttribute(PERMISSIONS));
    close(file);
    return channel;
  }

  /**
   * A file that was there before may be somebody else's, who decides then. Not everybody who owns
   * files has a name: in a container a user may be a number alone.
   */
  private static void close(Path file) throws IOException {
    boolean othersToo = "root".equals(System.getProperty("user.name"));
    if (Files.getPosixFilePermissions(file).equals(PERMISSIONS)
        || othersToo && !Files.getOwner(file).getName().equals("root")) {
      return;
    }
    try {
      Files.setPosixFilePermissions(file, PERMISSIONS);
    } catch (FileSystemException e) {
      // The kernel says whose it is.
      return;
    }
  }
}

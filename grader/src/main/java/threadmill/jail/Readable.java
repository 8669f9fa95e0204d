package threadmill.jail;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Opens what a confined process of another user must read, whatever the umask was that it was made
 * with: the files themselves, and the way to them as far as it is the grader's own. Immutable.
 */
final class Readable {
  private static final Set<PosixFilePermission> PASS =
      Set.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
  private static final Set<PosixFilePermission> READ =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final List<Path> own;

  /**
   * @param own folders that are the grader's, as its temporary ones are: none outside is opened
   */
  Readable(List<Path> own) {
    this.own = List.copyOf(own);
  }

  void open(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Path real = path.toRealPath();
    Optional<Path> home = home(real);
    if (home.isPresent()) {
      openAll(real);
      for (Path each = real; !each.equals(home.get()); ) {
        each = each.getParent();
        add(each, PASS);
      }
    }
  }

  private Optional<Path> home(Path real) throws IOException {
    for (Path folder : own) {
      Path home = folder.toRealPath();
      if (real.startsWith(home)) {
        return Optional.of(home);
      }
    }
    Path temp = TempRoot.get().folder().toRealPath();
    return Stream.iterate(real, each -> each != null && each.startsWith(temp), Path::getParent)
        .filter(each -> !each.equals(temp) && TempRoot.maker(each).isPresent())
        .findFirst();
  }

  private static void openAll(Path path) throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            add(dir, READ);
            add(dir, PASS);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              add(file, READ);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException reason) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void add(Path file, Set<PosixFilePermission> wanted) {
    try {
      Set<PosixFilePermission> all = new HashSet<>(Files.getPosixFilePermissions(file));
      if (all.addAll(wanted)) {
        Files.setPosixFilePermissions(file, all);
      }
    } catch (IOException e) {
      // Not ours to change: who cannot read it then says so.
      return;
    }
  }
}

package threadmill.jail;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Deletes a folder with all that is in it, also where a program has made folders in folders until
 * no path reaches the last of them: what lies deep is moved up first.
 */
public final class FileTree {
  private static final int DEEPEST = 10;
  private static final int MOST_ROUNDS = 1_000_000;

  private FileTree() {}

  /**
   * Deletes a file, or a folder with all that is in it; links are not followed.
   *
   * @throws IOException also if somebody makes more of it all the time
   */
  public static void delete(Path top) throws IOException {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Walk walk = new Walk(top);
      Files.walkFileTree(top, walk);
      if (walk.moved == 0) {
        return;
      }
    }
    throw new IOException(top + " does not come to an end");
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path top;
    private int moved;

    Walk(Path top) {
      this.top = top;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (folder.getNameCount() - top.getNameCount() <= DEEPEST) {
        return FileVisitResult.CONTINUE;
      }
      for (int number = moved++; ; number++) {
        try {
          Files.move(folder, top.resolve(".deep" + number));
          return FileVisitResult.SKIP_SUBTREE;
        } catch (FileAlreadyExistsException e) {
          continue;
        }
      }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException reason) throws IOException {
      if (!folder.equals(top) || moved == 0) {
        Files.deleteIfExists(folder);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}

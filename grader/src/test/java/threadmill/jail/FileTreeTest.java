package threadmill.jail;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir private Path work;

  @Test
  void a_file_or_a_folder_is_deleted_with_all_that_is_in_it() throws IOException {
    Files.createDirectories(work.resolve("top/a/b/c"));
    Files.createFile(work.resolve("top/a/b/file"));
    FileTree.delete(work.resolve("top"));
    assertFalse(Files.exists(work.resolve("top")));
    FileTree.delete(Files.createFile(work.resolve("file")));
    assertFalse(Files.exists(work.resolve("file")));
  }

  @Test
  void a_link_is_deleted_and_not_followed() throws IOException {
    Path kept = Files.createFile(Files.createDirectory(work.resolve("kept")).resolve("file"));
    Files.createSymbolicLink(Files.createDirectory(work.resolve("top")).resolve("l"), kept);
    Files.createSymbolicLink(work.resolve("top/folder"), work.resolve("kept"));
    FileTree.delete(work.resolve("top"));
    assertFalse(Files.exists(work.resolve("top")));
    assertTrue(Files.exists(kept));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void folders_in_folders_beyond_any_path_are_deleted() throws IOException {
    Path top = deep(work);
    FileTree.delete(top);
    assertFalse(Files.exists(top));
  }

  /** 1,000 folders in each other are 11,000 characters, of which a path may have 4,096. */
  static Path deep(Path work) throws IOException {
    Path top = Files.createDirectory(work.resolve("0"));
    for (int i = 1; i <= 1_000; i++) {
      Path above = Files.createDirectory(work.resolve("" + i));
      Files.createFile(above.resolve("file"));
      Files.createDirectory(above.resolve(".deep0"));
      Files.move(top, above.resolve("dddddddddd"));
      top = above;
    }
    return top;
  }
}

package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import threadmill.jail.TempRoot;

class WorkFoldersTest {
  /** No process has such an id, as Linux gives none above 4,194,304. */
  private static final String NOBODY = "tmill4194999-";

  private final Path temp = temporary();
  private final Path folder = temp.resolve(TempRoot.freshName().replaceFirst(".*-", NOBODY));
  private final Path lock = temp.resolve(folder.getFileName() + ".lock");

  private static Path temporary() {
    try {
      return TempRoot.get().folder();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void tidyUp() throws IOException {
    Files.deleteIfExists(folder);
    Files.deleteIfExists(lock);
  }

  @Test
  void what_a_killed_grader_left_is_swept_away() throws IOException {
    Files.createDirectory(folder);
    Files.createFile(lock);
    WorkFolders.sweep();
    assertFalse(Files.exists(folder));
    assertFalse(Files.exists(lock));
  }

  @Test
  void a_grader_that_cannot_be_seen_keeps_what_it_has_locked() throws IOException {
    Files.createDirectory(folder);
    try (FileChannel held =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      held.lock();
      WorkFolders.sweep();
      assertTrue(Files.exists(folder));
    }
    WorkFolders.sweep();
    assertFalse(Files.exists(folder));
  }

  @Test
  void a_folder_of_this_grader_goes_with_its_lock() throws IOException {
    Path mine = WorkFolders.create();
    Path locked = temp.resolve(mine.getFileName() + ".lock");
    assertTrue(Files.exists(locked));
    WorkFolders.sweep();
    WorkFolders.deleteIfEmpty(mine);
    assertFalse(Files.exists(mine));
    assertFalse(Files.exists(locked));
  }
}

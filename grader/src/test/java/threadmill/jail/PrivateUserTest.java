package threadmill.jail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** User ids that nobody else has. */
class PrivateUserTest {
  @BeforeEach
  void needsRootAndTheKernelsListOfLocks() {
    assumeTrue("root".equals(System.getProperty("user.name")));
    assumeTrue(Files.isReadable(Path.of("/proc/locks")));
  }

  @Test
  void two_inmates_of_one_grader_are_two_users() throws Exception {
    try (PrivateUser one = PrivateUser.take(true);
        PrivateUser other = PrivateUser.take(true)) {
      assertNotEquals(one.lockFile(), other.lockFile());
    }
  }

  @Test
  void a_user_stays_locked_against_other_graders_while_more_are_taken_and_given_back()
      throws Exception {
    try (PrivateUser first = PrivateUser.take(true)) {
      for (int i = 0; i < 3; i++) {
        PrivateUser.take(true).close();
      }
      assertTrue(isLocked(first.lockFile()));
    }
  }

  /** Else a program could use them all up, one after the other. */
  @Test
  void folders_in_folders_beyond_any_path_cost_no_user(@TempDir Path work) throws Exception {
    PrivateUser user = PrivateUser.take(true);
    Path own = Files.createDirectory(work.resolve("own"));
    user.own(own);
    Files.move(FileTreeTest.deep(work), own.resolve("deep"));
    user.close();
    assertFalse(isLocked(user.lockFile()));
    assertEquals(0, Files.getAttribute(own, "unix:uid"));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(own)));
    FileTree.delete(own);
  }

  /** As the kernel sees it; this JVM would only be told of its own locks. */
  private static boolean isLocked(Path file) throws IOException {
    Object inode = Files.getAttribute(file, "unix:ino");
    return Files.readAllLines(Path.of("/proc/locks")).stream()
        .anyMatch(line -> line.contains(":" + inode + " "));
  }
}

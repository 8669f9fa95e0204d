package threadmill.jail;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

  /** As the kernel sees it; this JVM would only be told of its own locks. */
  private static boolean isLocked(Path file) throws IOException {
    Object inode = Files.getAttribute(file, "unix:ino");
    return Files.readAllLines(Path.of("/proc/locks")).stream()
        .anyMatch(line -> line.contains(":" + inode + " "));
  }
}

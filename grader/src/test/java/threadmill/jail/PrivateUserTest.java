package threadmill.jail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** User ids that nobody else has. */
class PrivateUserTest {
  private static final int LOCKED = 42;

  @TempDir private Path locks;

  /** Another grader, which says by its exit value whether it may have a user. */
  static final class Rival {
    private Rival() {}

    public static void main(String[] file) throws IOException {
      try (FileChannel channel = FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE)) {
        Runtime.getRuntime().halt(channel.tryLock() == null ? LOCKED : 0);
      }
    }
  }

  @Test
  void two_inmates_of_one_grader_are_two_users() throws Exception {
    try (PrivateUser one = PrivateUser.take(true, locks);
        PrivateUser other = PrivateUser.take(true, locks)) {
      assertNotEquals(one.lockFile(), other.lockFile());
    }
  }

  @Test
  void a_user_stays_locked_against_other_graders_while_more_are_taken_and_given_back()
      throws Exception {
    Path file;
    try (PrivateUser first = PrivateUser.take(true, locks)) {
      for (int i = 0; i < 3; i++) {
        PrivateUser.take(true, locks).close();
      }
      file = first.lockFile();
      assertEquals(LOCKED, rivalAt(file));
    }
    assertEquals(0, rivalAt(file));
  }

  /** Else a program could use them all up, one after the other. */
  @Test
  void folders_in_folders_beyond_any_path_cost_no_user(@TempDir Path work) throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    PrivateUser user = PrivateUser.take(true, locks);
    Path own = Files.createDirectory(work.resolve("own"));
    user.own(own);
    Files.move(FileTreeTest.deep(work), own.resolve("deep"));
    user.close();
    assertEquals(0, rivalAt(user.lockFile()));
    assertEquals(0, Files.getAttribute(own, "unix:uid"));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(own)));
    FileTree.delete(own);
  }

  /** This JVM would only be told of its own locks. */
  private static int rivalAt(Path file) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    Process rival =
        new ProcessBuilder(java, "-cp", classes, Rival.class.getName(), file.toString())
            .inheritIO()
            .start();
    assertTrue(rival.waitFor(60, TimeUnit.SECONDS));
    return rival.exitValue();
  }
}

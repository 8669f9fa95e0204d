package threadmill.jail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A checkout that was made and built with umask 077. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ReadableTest {
  @TempDir private Path temp;
  private Path kit;

  @BeforeEach
  void make_files_that_are_their_owners_alone() throws IOException {
    kit = closed(Files.createDirectory(temp.resolve("kit")));
    Path classes = closed(Files.createDirectory(kit.resolve("classes")));
    closed(Files.createDirectory(classes.resolve("a")));
    closed(Files.createFile(classes.resolve("a/A.class")));
    closed(Files.createFile(kit.resolve("solution")));
  }

  private static Path closed(Path path) throws IOException {
    String mode = Files.isDirectory(path) ? "rwx------" : "rw-------";
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void what_others_must_read_they_can_and_they_get_there() throws IOException {
    new Readable(List.of(kit)).open(kit.resolve("classes"));
    assertEquals("rw-r--r--", mode("kit/classes/a/A.class"));
    assertEquals("rwxr-xr-x", mode("kit/classes/a"));
    assertEquals("rwxr-xr-x", mode("kit/classes"));
    assertEquals("rwx--x--x", mode("kit"));
  }

  @Test
  void what_lies_beside_it_or_above_the_checkout_stays_closed() throws IOException {
    closed(temp);
    new Readable(List.of(kit)).open(kit.resolve("classes"));
    assertEquals("rw-------", mode("kit/solution"));
    assertEquals("rwx------", mode(""));
  }

  @Test
  void what_is_not_the_graders_own_is_not_opened() throws IOException {
    Path foreign = closed(Files.createFile(temp.resolve("foreign")));
    Path link = Files.createSymbolicLink(kit.resolve("classes/link"), foreign);
    Readable own = new Readable(List.of(kit));
    own.open(foreign);
    own.open(link);
    own.open(kit.resolve("classes"));
    own.open(temp.resolve("none"));
    assertEquals("rw-------", mode("foreign"));
  }

  @Test
  void of_temporary_folders_those_of_graders_are_its_own() throws IOException {
    Path work =
        closed(Files.createDirectory(TempRoot.get().folder().resolve(TempRoot.freshName())));
    Path classes = closed(Files.createDirectory(work.resolve("classes")));
    try {
      new Readable(List.of()).open(classes);
      new Readable(List.of()).open(kit);
      assertEquals("rwx--x--x", mode(work.toString()));
      assertEquals("rwxr-xr-x", mode(classes.toString()));
      assertEquals("rwx------", mode("kit"));
    } finally {
      Files.delete(classes);
      Files.delete(work);
    }
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve(path)));
  }
}

package threadmill.jail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC})
class TempRootTest {
  private Path good;

  @BeforeEach
  void make_a_short_folder() throws IOException {
    good = Files.createDirectory(TempRoot.get().folder().resolve(TempRoot.freshName()));
    // Root lends it to other users.
    Files.setPosixFilePermissions(good, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void tidyUp() throws IOException {
    try (Stream<Path> all = Files.walk(good)) {
      for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  void the_folder_of_the_jvm_comes_first() throws IOException {
    assertEquals(new TempRoot(good, Optional.empty()), TempRoot.firstOf(List.of(name(), "/tmp")));
  }

  @Test
  void one_as_long_as_that_of_a_mac_will_do() {
    String mac = "/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T";
    String deepest = "/" + "tmill4194304-abcdef" + "/0/c10/.door1/d";
    assertTrue(mac.length() <= TempRoot.LONGEST);
    assertTrue(TempRoot.LONGEST + deepest.length() <= 103);
  }

  @Test
  void instead_of_one_whose_path_is_too_long_for_sockets_another_is_taken() throws IOException {
    String tooLong = Files.createDirectories(good.resolve("x".repeat(60))).toString();
    int bytes = tooLong.length();
    assertEquals(
        new TempRoot(
            good, Optional.of(tooLong + " has a path of " + bytes + " bytes, more than 60")),
        TempRoot.firstOf(List.of(tooLong, good.resolve("none").toString(), name())));
  }

  @Test
  void a_colon_would_end_an_entry_of_a_class_path() throws IOException {
    String colon = Files.createDirectory(good.resolve("a:b")).toString();
    assertEquals(
        Optional.of(colon + " has ':' in its path, as class paths do"),
        TempRoot.firstOf(List.of(colon, name())).reason());
  }

  @Test
  void where_none_can_be_used_it_is_said_why_and_what_to_set() throws IOException {
    String file = Files.createFile(good.resolve("file")).toString();
    IOException none =
        assertThrows(IOException.class, () -> TempRoot.firstOf(List.of(file, good + "/none")));
    assertEquals(
        "there is no folder for temporary files: "
            + file
            + " is no folder; "
            + good
            + "/none is no folder; set TMPDIR (or java.io.tmpdir) to a folder of your own with a"
            + " short path",
        none.getMessage());
  }

  @Test
  void a_name_tells_which_grader_gave_it() {
    long self = ProcessHandle.current().pid();
    String fresh = TempRoot.freshName();
    assertEquals(OptionalLong.of(self), TempRoot.maker(Path.of("/tmp", fresh)));
    assertEquals(OptionalLong.of(self), TempRoot.maker(Path.of("/tmp", fresh + ".bpf")));
    for (String other : List.of("tmill12-old", "threadmill-7-abcdef", "tmill-abcdef", "x")) {
      assertEquals(OptionalLong.empty(), TempRoot.maker(Path.of(other)), other);
    }
  }

  private String name() {
    return good.toString();
  }
}

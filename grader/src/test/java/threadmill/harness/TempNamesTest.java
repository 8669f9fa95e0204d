package threadmill.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import threadmill.model.Finding;
import threadmill.model.Kind;

class TempNamesTest {
  private final TempNames names = new TempNames(Path.of("/tmp/threadmill-7-8151/0"));

  @Test
  void a_file_in_the_folder_of_a_child_is_called_the_same_each_time() {
    assertEquals(
        "left: TMP/order….reply, and TMP",
        names.plain(
            "left: /tmp/threadmill-7-8151/0/c4711/order7700596734514734976.reply,"
                + " and /tmp/threadmill-7-8151/0/c815"));
    assertEquals("\"TMP/a/b12.$1\"", names.plain("\"/tmp/threadmill-7-8151/0/a/b12.$1\""));
  }

  @Test
  void other_files_and_numbers_stay() {
    String other = "/tmp/other/c4711/order7700596734514734976.reply 1234567";
    assertEquals(other, names.plain(other));
  }

  @Test
  void a_name_without_end_does_no_harm() {
    String endless = "/a".repeat(500_000);
    assertEquals("TMP" + endless, names.plain("/tmp/threadmill-7-8151/0/c1" + endless));
  }

  @Test
  void a_finding_has_them_in_its_evidence_too() {
    Finding finding =
        Finding.of(Kind.LEAK, "/tmp/threadmill-7-8151/0/c1/x is left")
            .with(List.of("process 3: java /tmp/threadmill-7-8151/0/c1/x"));
    assertEquals(
        Finding.of(Kind.LEAK, "TMP/x is left").with(List.of("process 3: java TMP/x")),
        names.plain(finding));
  }
}

package threadmill.jail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.model.Limits;

class OwnLimitsTest {
  private static final String HEAD =
      "Limit                     Soft Limit           Hard Limit           Units     \n";

  @TempDir private Path folder;

  @Test
  void more_than_this_process_has_is_given_to_nobody() throws IOException {
    OwnLimits own =
        read(
            "Max cpu time              unlimited            20                   seconds   \n"
                + "Max file size             unlimited            10485760             bytes     \n"
                + "Max processes             90                   100                  processes \n"
                + "Max open files            128                  256                  files     \n");
    Limits given = own.clamp(Limits.STANDARD);
    assertEquals(new Limits(19, 1_024, 100, 256, 10, 64, 32), given);
    assertEquals(
        List.of("--core=0", "--nofile=256", "--fsize=10485760", "--cpu=19:20", "--nproc=100"),
        own.arguments(given, true));
  }

  @Test
  void what_is_not_limited_is_given_as_it_was_asked_for() throws IOException {
    OwnLimits own =
        read(
            "Max cpu time              unlimited            unlimited            seconds   \n"
                + "Max open files            1024                 1048576              files     \n");
    assertEquals(Limits.STANDARD, own.clamp(Limits.STANDARD));
    assertEquals(
        List.of("--core=0", "--nofile=1024", "--fsize=134217728", "--cpu=600:601"),
        own.arguments(Limits.STANDARD, false));
  }

  @Test
  void a_largest_file_of_less_than_a_mebibyte_stays_as_small() throws IOException {
    OwnLimits own =
        read("Max file size             4096                 4096                 bytes     \n");
    assertEquals("--fsize=4096", own.arguments(own.clamp(Limits.STANDARD), false).get(2));
  }

  @Test
  void without_a_tool_to_set_them_there_are_those_of_this_process() throws IOException {
    OwnLimits own =
        read(
            "Max cpu time              30                   unlimited            seconds   \n"
                + "Max open files            128                  256                  files     \n");
    Limits inherited = own.inherited(Limits.STANDARD);
    assertEquals(30, inherited.cpuSeconds());
    assertEquals(256, inherited.files());
    assertEquals(Integer.MAX_VALUE, inherited.tasks());
  }

  @Test
  void where_the_system_tells_no_limits_there_are_none() {
    assertEquals(Limits.STANDARD, OwnLimits.read(folder.resolve("none")).clamp(Limits.STANDARD));
  }

  private OwnLimits read(String lines) throws IOException {
    return OwnLimits.read(Files.writeString(folder.resolve("limits"), HEAD + lines));
  }
}

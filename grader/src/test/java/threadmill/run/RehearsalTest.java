package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
  @TempDir private Path folder;

  @Test
  void what_the_class_archive_is_made_from_runs_to_its_end() throws Exception {
    List<String> properties = List.of("-Dthreadmill.submission=" + folder);
    Process process =
        new ProcessBuilder(
                Jvm.command(
                    ClassPaths.ofChild(),
                    properties,
                    Rehearsal.class.getName(),
                    List.of(folder.toString())))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }
}

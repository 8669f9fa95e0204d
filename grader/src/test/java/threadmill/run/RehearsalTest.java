package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import threadmill.explore.SelfCheck;
import threadmill.explore.weave.Copies;

/** What is prepared once for all child JVMs. */
class RehearsalTest {
  @TempDir private Path folder;

  @Test
  void what_the_class_archive_is_made_from_runs_to_its_end() throws Exception {
    run(ClassPaths.ofChild(), Rehearsal.class);
  }

  @Test
  void the_explorer_works_with_the_copies_that_were_woven_for_all_jvms() throws Exception {
    Path jar = folder.resolve("copies.jar");
    run(ClassPaths.ofGrader(), Copies.class, jar);
    String classPath =
        String.join(
            File.pathSeparator, jar.toString(), ClassPaths.ofGrader(), "target/test-classes");
    run(classPath, Rehearsal.class);
    assertEquals(
        "copies: true, asm: copies.jar, complaint: none", run(classPath, WithCopies.class).strip());
  }

  private String run(String classPath, Class<?> main, Path... more) throws Exception {
    List<String> properties = List.of("-Dthreadmill.submission=" + folder);
    String argument = more.length == 0 ? folder.toString() : more[0].toString();
    Process process =
        new ProcessBuilder(Jvm.command(classPath, properties, main.getName(), List.of(argument)))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  static final class WithCopies {
    public static void main(String[] args) {
      String complaint = SelfCheck.complaint().orElse("none");
      String asm = ClassReader.class.getProtectionDomain().getCodeSource().getLocation().getPath();
      System.out.printf(
          "copies: %s, asm: %s, complaint: %s%n",
          Copies.areReady(), asm.substring(asm.lastIndexOf('/') + 1), complaint);
    }
  }
}

package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import programs.WithCopies;
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
    Path jar = folder.resolve("copies-here.jar");
    run(ClassPaths.ofGrader(), Copies.class, jar);
    String classPath = String.join(File.pathSeparator, jar.toString(), ClassPaths.ofGrader());
    run(classPath, Rehearsal.class);
    assertEquals(
        "copies: true, asm: copies-here.jar, complaint: none",
        outside(classPath, WithCopies.class).strip());
  }

  @Test
  void the_explorer_works_without_them() throws Exception {
    assertEquals(
        "copies: false, asm: asm-9.9.1.jar, complaint: none",
        outside(ClassPaths.ofGrader(), WithCopies.class).strip());
  }

  private String run(String classPath, Class<?> main, Path... more) throws Exception {
    String argument = more.length == 0 ? folder.toString() : more[0].toString();
    return run(command(classPath, List.of(), main, argument));
  }

  /** Runs a main class of the test's own, which is in no module. */
  private String outside(String classPath, Class<?> main) throws Exception {
    String weave = GraderModule.NAME + "/" + Copies.class.getPackageName();
    List<String> open = List.of("--add-exports", weave + "=ALL-UNNAMED");
    String with = String.join(File.pathSeparator, classPath, "target/test-classes");
    List<String> command = command(with, open, main, "");
    command.set(command.indexOf("-m") + 1, main.getName());
    command.remove("-m");
    return run(command);
  }

  private List<String> command(
      String classPath, List<String> options, Class<?> main, String argument) {
    List<String> all = new ArrayList<>(options);
    all.add("-Dthreadmill.submission=" + folder);
    return new ArrayList<>(Jvm.command(classPath, all, main.getName(), List.of(argument)));
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}

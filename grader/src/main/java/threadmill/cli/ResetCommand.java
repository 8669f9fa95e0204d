package threadmill.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import threadmill.kit.Kit;
import threadmill.model.Exercise;

/** {@code threadmill reset}: never destroys work, the old file is kept beside the kit's build. */
@Command(
    name = "reset",
    description = "Put the untouched stub of an exercise back; your version is kept aside.",
    mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  @Mixin private HomeMixin home;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "An exercise, as in locks.semaphore.")
  private String id;

  @Override
  public Integer call() throws IOException {
    Kit kit = home.kit();
    Exercise exercise = kit.exercise(id);
    var out = spec.commandLine().getOut();
    if (!kit.isTouched(exercise)) {
      out.println(id + " is untouched");
      out.flush();
      return Threadmill.PASSED;
    }
    Path kept = keep(kit);
    for (Path stub : exercise.stubs()) {
      Path file = kit.studentsFile(exercise, stub);
      if (Files.exists(file)) {
        Files.copy(file, kept.resolve(file.getFileName()));
      }
      Files.copy(stub, file, StandardCopyOption.REPLACE_EXISTING);
    }
    out.println(id + " is a stub again; your version is in " + kit.root().relativize(kept));
    out.flush();
    return Threadmill.PASSED;
  }

  /** A folder of its own for each reset, however quickly one follows the other. */
  private Path keep(Kit kit) throws IOException {
    Path all = Files.createDirectories(kit.root().resolve("kept"));
    String name = id + "-" + LocalDateTime.now().format(STAMP);
    Path kept = all.resolve(name);
    for (int i = 2; Files.exists(kept); i++) {
      kept = all.resolve(name + "-" + i);
    }
    return Files.createDirectory(kept);
  }
}

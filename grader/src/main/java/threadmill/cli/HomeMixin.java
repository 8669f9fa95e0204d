package threadmill.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import threadmill.kit.Kit;

/** Finds the kit: the launcher's folder, or the one above the current folder. */
final class HomeMixin {
  @Option(
      names = "--home",
      hidden = true,
      description = "The kit's folder.",
      defaultValue = "${sys:threadmill.home:-.}")
  private Path home;

  Kit kit() {
    return Kit.find(home);
  }
}

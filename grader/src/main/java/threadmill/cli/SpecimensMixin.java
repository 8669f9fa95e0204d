package threadmill.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Which specimens of the kit are graded, by how many at a time. */
final class SpecimensMixin {
  @Option(
      names = "--exercise",
      paramLabel = "ID",
      split = ",",
      description = "Only these exercises.")
  List<String> ids = List.of();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only these mutants, variants, 'reference' or 'stub'.")
  List<String> only = List.of();

  @Option(
      names = "--declared",
      description = {
        "Ask each mutant only the check it names, not all:",
        "what mvn verify does, quicker and without the whole matrix."
      })
  boolean declared;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Submissions at the same time. Default: the number of cores.")
  int jobs = Runtime.getRuntime().availableProcessors();
}

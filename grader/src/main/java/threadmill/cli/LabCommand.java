package threadmill.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import threadmill.kit.KitException;
import threadmill.lab.Findings;
import threadmill.lab.Lab;

/** {@code threadmill lab}. */
@Command(
    name = "lab",
    description = {
      "Measure what threads and processes cost on this machine, outside any grade.",
      "Takes less than 45 seconds, prints a table, and writes a plot as SVG and PNG."
    },
    mixinStandardHelpOptions = true)
final class LabCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = {
        "labs.creationcost, labs.switchcost, labs.scaling or labs.poolsizer,",
        "or its number, 8.1 to 8.4."
      })
  private String id;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "threadmill-report",
      description = "Where the plots go. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    String wanted = home.kit().exercise(id).id();
    Lab lab = Lab.of(wanted).orElseThrow(() -> new KitException(unknown()));
    PrintWriter console = spec.commandLine().getOut();
    Findings findings = lab.run();
    console.println(findings.title());
    console.println();
    table(findings).forEach(line -> console.println("  " + line));
    console.println();
    findings.notes().forEach(console::println);
    for (Path file : findings.plot().write(out, lab.id())) {
      console.println("wrote " + file);
    }
    console.flush();
    return Threadmill.PASSED;
  }

  private String unknown() {
    String ids = Lab.all().stream().map(Lab::id).collect(Collectors.joining(", "));
    return "there is no lab '" + id + "'; there are " + ids;
  }

  private static List<String> table(Findings findings) {
    List<List<String>> all = new ArrayList<>();
    all.add(findings.head());
    all.addAll(findings.rows());
    List<String> lines = new ArrayList<>();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = all.stream().mapToInt(r -> r.get(column).length()).max().orElse(0) + 2;
        line.append(String.format(Locale.ROOT, (i == 0 ? "%-" : "%") + width + "s", row.get(i)));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}

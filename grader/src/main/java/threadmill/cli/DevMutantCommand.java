package threadmill.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.kit.Mistake;
import threadmill.kit.MutantDesk;

/** {@code threadmill dev mutant}. */
@Command(
    name = "mutant",
    description = {
      "Look at the wrong programs that prove the checks, and write them.",
      "A mutant is a patch of a right program; new and edit make a work copy of it, and save makes the patch again."
    },
    mixinStandardHelpOptions = true)
final class DevMutantCommand {
  private static final String WHICH = "ID/NAME";

  @Mixin private HomeMixin home;
  @Spec private CommandSpec spec;

  @Command(description = "Print a mutant, whole, with the mistake marked.")
  int show(@Parameters(paramLabel = WHICH) String mutant) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(desk(id(mutant)).shown(name(mutant)));
    out.flush();
    return Threadmill.PASSED;
  }

  @Command(description = "Write a mutant into a folder that grade takes.")
  int apply(
      @Parameters(paramLabel = WHICH) String mutant,
      @Option(
              names = "--out",
              paramLabel = "DIR",
              description = "A new folder. Default: target/mutants/ID/NAME.")
          Path out)
      throws IOException {
    MutantDesk desk = desk(id(mutant));
    Path folder = out == null ? desk.apply(name(mutant)) : desk.apply(name(mutant), out);
    return told("./threadmill grade " + ShellWord.of(folder) + " --exercise " + id(mutant));
  }

  @Command(
      name = "new",
      description = "Begin a mutant: a work copy of a right program, to make the mistake in.")
  int begin(
      @Parameters(paramLabel = WHICH) String mutant,
      @Option(
              names = "--operator",
              required = true,
              description = "Kind of mistake, as in IF_WHILE.")
          String operator,
      @Option(names = "--rejected-by", required = true, paramLabel = "CHECK") String check,
      @Option(names = "--story", required = true, description = "What its author believed.")
          String story,
      @Option(
              names = "--base",
              defaultValue = Mistake.REFERENCE,
              description = "reference (the default), or variants/NAME.")
          String base)
      throws IOException {
    Path copy = desk(id(mutant)).begin(name(mutant), new Mistake(operator, check, base, story));
    return toEdit(mutant, copy);
  }

  @Command(description = "Make a work copy of a mutant, also of one that fits no more.")
  int edit(@Parameters(paramLabel = WHICH) String mutant) throws IOException {
    MutantDesk desk = desk(id(mutant));
    Path copy = desk.edit(name(mutant));
    desk.left().forEach(hunk -> told("fits no more, and is left out:\n" + hunk));
    return toEdit(mutant, copy);
  }

  @Command(
      description = {
        "Make the patch of a mutant from its work copy.",
        "Where over a third of a file is other than in the base, the file is kept whole."
      })
  int save(@Parameters(paramLabel = WHICH) String mutant) throws IOException {
    Path kept = desk(id(mutant)).save(name(mutant));
    told(kept.toString());
    return told(
        "./threadmill dev check --declared --exercise "
            + id(mutant)
            + " --only reference,"
            + name(mutant));
  }

  @Command(description = "Carry the patches of an exercise over to a changed right program.")
  int rebase(@Parameters(paramLabel = "ID") String exercise) throws IOException {
    List<String> lost = desk(exercise).rebase();
    lost.forEach(name -> told("./threadmill dev mutant edit " + exercise + "/" + name));
    return lost.isEmpty() ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }

  private int toEdit(String mutant, Path copy) {
    told("edit " + copy);
    return told("./threadmill dev mutant save " + mutant);
  }

  private int told(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
    return Threadmill.PASSED;
  }

  private MutantDesk desk(String exercise) {
    Kit kit = home.kit();
    return new MutantDesk(kit, kit.exercise(exercise));
  }

  private static String id(String mutant) {
    return mutant.substring(0, slash(mutant));
  }

  private static String name(String mutant) {
    return mutant.substring(slash(mutant) + 1);
  }

  private static int slash(String mutant) {
    int slash = mutant.indexOf('/');
    if (slash < 0) {
      throw new KitException("a mutant is named ID/NAME, as in locks.mutex/barges, not " + mutant);
    }
    return slash;
  }
}

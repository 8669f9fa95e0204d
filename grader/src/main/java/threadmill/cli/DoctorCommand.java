package threadmill.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import threadmill.jail.Jail;
import threadmill.jail.Level;
import threadmill.jail.Levels;
import threadmill.jail.TempRoot;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.model.Exercise;
import threadmill.model.Limits;
import threadmill.run.Grader;
import threadmill.run.SelfTest;

/** {@code threadmill doctor}. */
@Command(
    name = "doctor",
    description = {
      "Tell what this machine offers: JDK, cores, folders, limits, isolation level; and grade a",
      "correct and a wrong program of a tiny exercise. Exit code 1 if something is not as it must be."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final long LEAST_MIB = 32;

  @Mixin private HomeMixin home;
  @Mixin private LevelMixin level;
  @Spec private CommandSpec spec;
  private boolean healthy = true;

  @Override
  public Integer call() {
    Kit kit = home.kit();
    machine(kit);
    folders(kit);
    try {
      Jail jail = level.jail(kit);
      isolation(Grader.levels(kit), jail);
      grading(jail);
    } catch (KitException e) {
      say("isolation", "none:", Optional.of(e.getMessage()));
    }
    return healthy ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }

  private void machine(Kit kit) {
    say("kit", Kit.version() + ", " + kit.exercises().size() + " exercises", Optional.empty());
    say(
        "Java",
        System.getProperty("java.runtime.version"),
        unless(Runtime.version().feature() >= 17, "is too old; install a JDK of 17 or newer"));
    say(
        "compiler",
        "javac",
        unless(
            ToolProvider.getSystemJavaCompiler() != null,
            "is missing: this is a Java runtime; install a JDK"));
    int cores = Runtime.getRuntime().availableProcessors();
    String one = cores == 1 ? " (races are found all the same, only slower)" : "";
    say("cores", cores + one, Optional.empty());
    say(
        "/bin/sh",
        "for child processes",
        unless(
            Files.isExecutable(Path.of("/bin/sh")),
            "is missing; install a shell, the process exercises need it"));
    boolean states = Files.isDirectory(Path.of("/proc/self/task"));
    say("/proc", states ? "kernel thread states" : "none; waits take longer", Optional.empty());
    say("terminal", Terminal.described(), Optional.empty());
  }

  private void folders(Kit kit) {
    Optional<Path> unreadable =
        kit.exercises().stream()
            .flatMap(DoctorCommand::files)
            .filter(file -> !Files.isReadable(file))
            .findFirst();
    say(
        "kit folder",
        kit.root().toString(),
        unreadable
            .map(file -> "has " + file + ", which cannot be read; give the right to read it")
            .or(() -> lack(kit.workshop())));
    try {
      TempRoot root = TempRoot.get();
      String instead = root.reason().map(why -> ", since " + why).orElse("");
      say("temp folder", root.folder() + instead, lack(root.folder()));
    } catch (IOException e) {
      say("temp folder", "none:", Optional.of(e.getMessage()));
    }
  }

  private static Stream<Path> files(Exercise exercise) {
    Path allowed = exercise.readme().resolveSibling("allow.txt");
    return Stream.of(
            List.of(exercise.readme(), allowed),
            exercise.stubs(),
            exercise.given(),
            exercise.contracts())
        .flatMap(List::stream);
  }

  /** What a folder to write to lacks, or nothing. */
  private static Optional<String> lack(Path folder) {
    try {
      FileStore disk = Files.getFileStore(Files.createDirectories(folder));
      long free = disk.getUsableSpace() >> 20;
      if (!Files.isWritable(folder)) {
        return Optional.of("is not to be written by you; make it yours, or use a copy");
      }
      return unless(free >= LEAST_MIB, "has only " + free + " MiB left on its disk; free some");
    } catch (IOException e) {
      return Optional.of("cannot be written (" + e.getMessage() + "); make it yours");
    }
  }

  private void isolation(Levels levels, Jail jail) {
    List<String> fewer = fewer(jail.inForce(Limits.STANDARD));
    String raise = ": raise the hard limits of this shell (ulimit -H) to have all";
    say(
        "limits",
        fewer.isEmpty() ? "as usual" : String.join(", ", fewer) + raise,
        Optional.empty());
    Level given = jail.level();
    String words = given == Level.D ? ": stops mistakes, not attackers" : "";
    say("isolation", "level " + given + words, Optional.empty());
    for (Level each : Level.values()) {
      levels.obstacle(each).ifPresent(why -> more("level " + each + " " + why + advice(why)));
    }
  }

  private static List<String> fewer(Limits limits) {
    Limits usual = Limits.STANDARD;
    List<String> fewer = new ArrayList<>();
    compare(fewer, "s of processor time", limits.cpuSeconds(), usual.cpuSeconds());
    compare(fewer, "processes", limits.tasks(), usual.tasks());
    compare(fewer, "open files", limits.files(), usual.files());
    compare(fewer, "MiB for a file", limits.fileMib(), usual.fileMib());
    return fewer;
  }

  private static void compare(List<String> fewer, String what, int is, int usual) {
    if (is < usual) {
      fewer.add(is + " " + what + " instead of " + usual);
    }
  }

  private static String advice(String why) {
    return why.startsWith("cannot read")
        ? ": other users must reach it; keep kit and JDK out of folders that are closed to them"
        : "";
  }

  private void grading(Jail jail) {
    long begin = System.nanoTime();
    Optional<String> fault = new SelfTest(jail).fault();
    double seconds = (System.nanoTime() - begin) / 1e9;
    String well = "graded a correct and a wrong program: as expected, %.1f s";
    say(
        "grading",
        fault.isPresent() ? "is not as expected:" : String.format(Locale.ROOT, well, seconds),
        fault.map(why -> why + "; " + remedy(jail)));
  }

  private static String remedy(Jail jail) {
    boolean worksOpenly = jail.level() != Level.D && new SelfTest(Jail.open()).fault().isEmpty();
    return worksOpenly
        ? "at level D it is: mend what keeps level " + jail.level() + " from working, or use D"
        : "mend this and what is marked above; if neither says what, please report it";
  }

  private static Optional<String> unless(boolean good, String fault) {
    return good ? Optional.empty() : Optional.of(fault);
  }

  /**
   * @param fault what is wrong with it and what to do, or nothing
   */
  private void say(String what, String is, Optional<String> fault) {
    healthy &= fault.isEmpty();
    String mark = fault.isPresent() ? "✗" : "✓";
    String words = Stream.concat(Stream.of(is), fault.stream()).collect(Collectors.joining(" "));
    print(String.format(Locale.ROOT, "  %s %-12s %s", mark, what, words));
  }

  private void more(String words) {
    print(String.format(Locale.ROOT, "    %-12s %s", "", words));
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}

package threadmill.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.tools.ToolProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import threadmill.jail.Level;
import threadmill.jail.Levels;
import threadmill.kit.Kit;
import threadmill.run.Grader;

/** {@code threadmill doctor}. */
@Command(
    name = "doctor",
    description = "Tell what this machine offers: JDK, cores, tools, isolation level.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;
  @Spec private CommandSpec spec;
  private boolean healthy = true;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Kit kit = home.kit();
    say(out, true, "kit", Kit.version() + ", " + kit.exercises().size() + " exercises", "");
    say(
        out,
        Runtime.version().feature() >= 17,
        "Java",
        System.getProperty("java.runtime.version"),
        "needs 17 or newer");
    say(
        out,
        ToolProvider.getSystemJavaCompiler() != null,
        "compiler",
        "javac",
        "this is a runtime; install a JDK");
    int cores = Runtime.getRuntime().availableProcessors();
    say(
        out,
        true,
        "cores",
        cores + (cores == 1 ? " (races are found all the same, only slower)" : ""),
        "");
    say(
        out,
        Files.isWritable(kit.root()),
        "kit folder",
        kit.root().toString(),
        "cannot be written");
    say(
        out,
        Files.isExecutable(Path.of("/bin/sh")),
        "/bin/sh",
        "for child processes",
        "is missing; the process exercises need it");
    say(
        out,
        Files.isDirectory(Path.of("/proc/self/task")),
        "/proc",
        "kernel thread states",
        "is missing; waits take longer to judge");
    Levels levels = Grader.levels(kit);
    Level given = levels.strongest().level();
    say(
        out,
        true,
        "isolation",
        "level " + given + (given == Level.D ? ": stops mistakes, not attackers" : ""),
        "");
    for (Level level : Level.values()) {
      levels
          .obstacle(level)
          .ifPresent(why -> out.printf("    %-12s level %s %s%n", "", level, why));
    }
    out.flush();
    return healthy ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }

  private void say(PrintWriter out, boolean good, String what, String is, String isNot) {
    healthy &= good;
    out.printf("  %s %-12s %s%n", good ? "✓" : "✗", what, good ? is : is + " " + isNot);
  }
}

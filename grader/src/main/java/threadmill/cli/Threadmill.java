package threadmill.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import threadmill.jail.Ending;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.model.FileNames;

/** The command {@code threadmill}. */
@Command(
    name = "threadmill",
    mixinStandardHelpOptions = true,
    versionProvider = Threadmill.Version.class,
    description = "Exercises in multi-process and multi-thread programming, and their grader.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all passed",
      "1:something did not pass",
      "2:the command line, or a path on it, is wrong",
      "3:the grader itself failed, or something is inconclusive"
    },
    footer = {
      "",
      "Students:     threadmill list, then edit a stub and: threadmill test locks.semaphore",
      "Instructors:  threadmill grade --all submissions/ --out reports/"
    },
    subcommands = {
      ListCommand.class,
      TestCommand.class,
      GradeCommand.class,
      RegradeCommand.class,
      AuditCommand.class,
      ReplayCommand.class,
      HintCommand.class,
      ResetCommand.class,
      LabCommand.class,
      DoctorCommand.class,
      DevCommand.class
    })
public final class Threadmill implements Runnable {
  static final int PASSED = 0;
  static final int NOT_PASSED = 1;
  static final int USAGE = 2;
  static final int FAILED = 3;

  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    Terminal.use();
    CommandLine command = commandLine().setOut(writer(System.out)).setErr(writer(System.err));
    System.exit(told(command.execute(args), command.getOut(), command.getErr()));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** An exit code says too much if what it sums up got lost on the way out. */
  static int told(int exit, PrintWriter out, PrintWriter err) {
    // Both, since most reports bypass the writer.
    boolean lost = out.checkError() | System.out.checkError();
    if (lost) {
      err.println(
          "threadmill: standard output could not be written (is the disk full, or the reader gone?);"
              + " what it should have said is lost");
      err.flush();
    }
    return lost ? FAILED : exit;
  }

  /** The command line with its error handling, for the launcher and for tests. */
  static CommandLine commandLine() {
    return new CommandLine(new Threadmill())
        .setExecutionExceptionHandler(Threadmill::explain)
        .setParameterExceptionHandler(Threadmill::correct)
        .registerConverter(Path.class, Threadmill::path)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Also of the URIs that we write for paths that are no plain text. */
  private static Path path(String word) {
    try {
      return FileNames.path(word);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + word + "' cannot be the path of a file");
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** A sentence and where to read on, instead of the whole usage. */
  private static int correct(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("threadmill: " + wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return USAGE;
  }

  private static int explain(
      Exception thrown, CommandLine command, CommandLine.ParseResult parsed) {
    // What is ended by force looks like a failure of ours.
    Ending.stopHere();
    PrintWriter err = command.getErr();
    if (thrown instanceof KitException) {
      err.println("threadmill: " + thrown.getMessage());
      return USAGE;
    }
    if (thrown instanceof UncheckedIOException unreadable) {
      err.println("threadmill: " + thrown.getMessage() + ": " + unreadable.getCause().getMessage());
      return FAILED;
    }
    err.println("threadmill: the grader itself failed; please report this:");
    thrown.printStackTrace(err);
    return FAILED;
  }

  /** Names the kit and the Java it runs on. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "Threadmill " + Kit.version(), "Java " + System.getProperty("java.runtime.version")
      };
    }
  }
}

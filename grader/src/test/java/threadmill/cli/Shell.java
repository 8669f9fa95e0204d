package threadmill.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** Runs a command in this JVM and keeps what it says. */
final class Shell {
  /**
   * What came of a command.
   *
   * @param out what went to the standard output
   * @param err what went to the standard error
   */
  record Said(int exit, String out, String err) {}

  private Shell() {}

  static Said run(Object... words) {
    String[] args = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      args[i] = words[i].toString();
    }
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PrintStream before = System.out;
    PrintStream errBefore = System.err;
    int exit;
    try {
      // First this, since picocli remembers what was there when a command line was made.
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      exit =
          Threadmill.commandLine()
              .setOut(new PrintWriter(out, true))
              .setErr(new PrintWriter(err, true))
              .execute(args);
    } finally {
      System.setOut(before);
      System.setErr(errBefore);
    }
    return new Said(exit, out + text(printed), err + text(complained));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

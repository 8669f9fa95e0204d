package bench;

import bench.peer.JcStress;
import bench.peer.Verdict;
import bench.peer.Verdict.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All programs that jcstress can express, in one run of it: it forks a JVM for each itself, and its
 * own start takes longer than most tests. A verdict's seconds are the time from the verdict before.
 */
final class JcStressRun {
  private static final Pattern TEST =
      Pattern.compile(
          "\\.* ?\\[([A-Z ]+)] " + Pattern.quote(JcStress.class.getName()) + "\\.(\\w+)");
  private static final Pattern SAMPLES =
      Pattern.compile("\\s+(-?\\w+)\\s+([\\d,]+)\\s+<?[\\d.]+%\\s+(\\w+).*");

  private final Map<String, Cell> cells = new HashMap<>();
  private final Map<String, Entry> entries;
  private Entry current;
  private boolean failed;
  private long runs;
  private long since;

  JcStressRun(List<Entry> asked) {
    entries =
        asked.stream().filter(Entry::jcstress).collect(Collectors.toMap(Entry::className, e -> e));
  }

  /** The verdicts by the names of the programs. What is missing was not run. */
  Map<String, Cell> run(Java java, String reports, long seconds)
      throws IOException, InterruptedException {
    if (entries.isEmpty()) {
      return cells;
    }
    String tests =
        Pattern.quote(JcStress.class.getName())
            .replace("\\Q", "")
            .replace("\\E", "")
            .concat("." + entries.keySet().stream().collect(Collectors.joining("|", "(", ")$")));
    List<String> arguments =
        Java.arguments(
            List.of(),
            "org.openjdk.jcstress.Main",
            List.of(
                "-t",
                tests,
                "-f",
                "1",
                "-iters",
                "1",
                "-time",
                "1000",
                "-sc",
                "false",
                "-af",
                "NONE",
                "-v",
                "-jvmArgs",
                "-Xmx256m -XX:+UseSerialGC",
                "-r",
                reports));
    since = System.nanoTime();
    java.run(arguments, seconds, this::read);
    close();
    return cells;
  }

  private void read(String line) {
    if (line.strip().startsWith("Test results:")) {
      since = System.nanoTime();
    }
    if (line.startsWith("RUN RESULTS")) {
      close();
      entries.clear();
    }
    Matcher test = TEST.matcher(line);
    if (test.lookingAt()) {
      close();
      current = entries.get(test.group(2));
      failed = !test.group(1).equals("OK");
      return;
    }
    Matcher samples = SAMPLES.matcher(line);
    if (current != null && samples.matches()) {
      runs += Long.parseLong(samples.group(2).replace(",", ""));
    }
    if (line.startsWith("(ETA")) {
      close();
    }
  }

  private void close() {
    if (current != null) {
      double seconds = (System.nanoTime() - since) / 1e9;
      Cell before = cells.get(current.name());
      Answer answer = failed ? Answer.WRONG : Answer.NOTHING_FOUND;
      if (before != null) {
        seconds += before.wall();
        runs += before.verdict().runs();
        answer = before.verdict().answer() == Answer.WRONG ? Answer.WRONG : answer;
      }
      cells.put(
          current.name(),
          new Cell(
              current, "jcstress", new Verdict(answer, runs, seconds, Double.NaN, ""), seconds));
      since = System.nanoTime();
    }
    current = null;
    runs = 0;
  }
}

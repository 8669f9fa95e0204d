package threadmill.proof;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A grader in a process of its own, with a temporary folder and a folder of reports that no other
 * has: what is left of it is found by their names.
 */
final class ChildGrader {
  private static final int MOST_SECONDS = 300;

  /** A controller's folder, the grader's own group, and those below it. */
  private static final int GROUP_DEPTH = 4;

  private static final List<String> CHILDREN =
      List.of("threadmill.run.ChildMain", "threadmill.run.CompilerMain");

  private final List<String> command;
  private final Path temp;
  private final Path out;
  private final File said;
  private final List<Long> pids = new ArrayList<>();
  private Process process;

  /**
   * @param java the command that runs the grader's main class, without its arguments
   * @param arguments of every run
   * @param folder for all that it needs
   */
  ChildGrader(List<String> java, List<String> arguments, Path folder) throws IOException {
    temp = Files.createDirectory(folder.resolve("t"));
    out = folder.resolve("o");
    said = folder.resolve("said").toFile();
    command = new ArrayList<>(List.of(java.get(0), "-Djava.io.tmpdir=" + temp));
    command.addAll(java.subList(1, java.size()));
    command.addAll(arguments);
    command.addAll(List.of("--out", out.toString()));
  }

  Path temp() {
    return temp;
  }

  Path out() {
    return out;
  }

  /** Begins to grade, with these arguments more. */
  void begin(String... more) throws IOException {
    begin(Redirect.appendTo(said), more);
  }

  void begin(Redirect output, String... more) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    process =
        new ProcessBuilder(all)
            .redirectOutput(output)
            .redirectError(Redirect.appendTo(said))
            .start();
    pids.add(process.pid());
  }

  boolean isOver() {
    return !process.isAlive();
  }

  /** Lets so much time pass, or less if it is over before. */
  void runFor(long millis) throws InterruptedException {
    process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Waits for its end.
   *
   * @return its exit code, or -1 if it did not end and was ended by force
   */
  int end() throws InterruptedException {
    if (process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      return process.exitValue();
    }
    process.destroyForcibly().waitFor();
    return -1;
  }

  /** Sends a signal to the grader, and at the same time to others. */
  void signal(String name, Collection<ProcessHandle> others)
      throws IOException, InterruptedException {
    String all =
        Stream.concat(others.stream(), Stream.of(process.toHandle()))
            .map(handle -> Long.toString(handle.pid()))
            .collect(Collectors.joining(" "));
    kill(name, all);
  }

  static void kill(String name, String pids) throws IOException, InterruptedException {
    new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pids)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** The JVMs in which checks and compilers run now; not the tools that confine them. */
  List<ProcessHandle> children() {
    return process
        .descendants()
        .filter(p -> p.info().command().orElse("").endsWith("/java"))
        .filter(p -> CHILDREN.stream().anyMatch(commandLine(p.pid())::contains))
        .toList();
  }

  /** What it has said so far on its standard streams. */
  String said() throws IOException {
    return Files.readString(said.toPath());
  }

  /** Processes of this grader, or of its children, that still run. */
  List<String> processesLeft() throws IOException {
    List<String> left = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (Path each : all.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
        String line = commandLine(Long.parseLong(each.getFileName().toString()));
        if (line.contains(temp + "/")) {
          left.add("process " + each.getFileName() + " is left: " + line);
        }
      }
    }
    return left;
  }

  /** What lies in its temporary folder, and its control groups. */
  List<String> filesLeft() throws IOException {
    List<String> left = new ArrayList<>();
    try (Stream<Path> files = Files.list(temp)) {
      files.forEach(file -> left.add(file.getFileName() + " is left in the temporary folder"));
    }
    groupsLeft(new File("/sys/fs/cgroup"), GROUP_DEPTH, left);
    return left;
  }

  /** Others make groups there and remove them meanwhile. */
  private void groupsLeft(File parent, int depth, List<String> left) {
    File[] groups = depth == 0 ? null : parent.listFiles(File::isDirectory);
    for (File group : groups == null ? new File[0] : groups) {
      if (isOurs(group.getName())) {
        left.add("a control group is left: " + group);
      }
      groupsLeft(group, depth - 1, left);
    }
  }

  private boolean isOurs(String group) {
    return pids.stream().anyMatch(pid -> group.matches("threadmill-\\d+-" + pid + "-.*"));
  }

  private static String commandLine(long pid) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
      return new String(line, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (IOException e) {
      // It is gone.
      return "";
    }
  }
}

package threadmill.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import threadmill.kit.Kit;
import threadmill.kit.Specimen;
import threadmill.kit.Specimen.Role;
import threadmill.model.Exercise;
import threadmill.report.AuditCheck;

/**
 * What happens to graders, done to graders on purpose at random moments: Ctrl-C, an end by force,
 * the end of a child by somebody else, a full disk, an output that nobody takes. Afterwards each is
 * resumed until it is done. Nothing may come out that does not come out of a quiet run, nothing may
 * be lost, graded twice or left behind.
 */
public final class FaultSuite {
  private static final int MOST_RESUMES = 5;
  private static final int GONE_SECONDS = 20;
  private static final int SELDOM = 10;
  private static final int FAILED = 3;
  private static final int KILLED = 137;
  private static final long INTERRUPT = 1 << 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is done to a grader. */
  private interface Fault {
    /** The disk that it needs, or null. */
    default SmallDisk disk(ChildGrader grader) throws IOException {
      return null;
    }

    /** Does it, and answers the exit code that the grader may have for it. */
    int happen(ChildGrader grader, SmallDisk disk) throws IOException, InterruptedException;
  }

  private final List<String> java;
  private final boolean small;
  private final PrintStream out;
  private final Random random;
  private final List<String> faults = new ArrayList<>();
  private final Path folder;
  private final List<String> arguments;
  private Outcomes quiet;
  private long quietMillis;
  private int rounds;
  private int met;

  /**
   * @param java the command that runs the grader's main class, without its arguments
   * @param level as people write it
   * @param small whether to grade one right and one wrong program, and do only what is done often
   */
  public FaultSuite(
      List<String> java,
      Kit kit,
      Exercise exercise,
      String level,
      long seed,
      boolean small,
      PrintStream out)
      throws IOException {
    this.java = java;
    this.small = small;
    this.out = out;
    this.random = new Random(seed);
    // The path of a socket in it must be short.
    String name = "tf" + ProcessHandle.current().pid();
    this.folder = Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), name));
    // A private user goes through it.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Set<String> checks = new LinkedHashSet<>();
    Path batch = Files.createDirectory(folder.resolve("batch"));
    for (Specimen specimen : chosen(kit, exercise)) {
      specimen.killer().ifPresent(checks::add);
      copy(specimen.folder(), batch.resolve(specimen.name()));
    }
    if (!small) {
      Path broken = Files.createDirectory(batch.resolve("broken"));
      String stub = exercise.stubs().get(0).getFileName().toString();
      Files.writeString(broken.resolve(stub), "package " + exercise.id() + "; class {");
    }
    arguments = new ArrayList<>(List.of("grade", "--home", kit.root().toString()));
    arguments.addAll(List.of("--all", batch.toString(), "--exercise", exercise.id()));
    arguments.addAll(List.of("--check", String.join(",", checks), "--level", level));
    arguments.addAll(List.of("--jobs", "2"));
    out.printf(Locale.ROOT, "seed %d, level %s, %s %s%n", seed, level, exercise.id(), checks);
  }

  /**
   * Does each of it so often, and prints what came of it.
   *
   * @return whether nothing was wrong
   */
  public boolean holds(int times) throws IOException, InterruptedException {
    try {
      ChildGrader grader = grader();
      long begin = System.nanoTime();
      grader.begin();
      int exit = grader.end();
      quietMillis = (System.nanoTime() - begin) / 1_000_000;
      quiet = Outcomes.in(grader.out());
      out.printf(
          Locale.ROOT,
          "a quiet run: %d submissions, exit code %d, %.1f s%n",
          quiet.bySubmission().size(),
          exit,
          quietMillis / 1e3);
      if (!quiet.areConclusive() || quiet.bySubmission().isEmpty()) {
        fault("a quiet run is not conclusive: " + quiet.bySubmission());
      } else {
        proceed(times);
      }
    } finally {
      if (faults.isEmpty()) {
        delete(folder);
      }
    }
    if (!faults.isEmpty()) {
      out.println("what there was is in " + folder);
    }
    return faults.isEmpty();
  }

  private void proceed(int times) throws IOException, InterruptedException {
    boolean deaf = ignoresInterrupts();
    if (deaf) {
      out.println("Ctrl-C: skipped, since this process ignores SIGINT, and so would its graders");
    } else {
      repeat("Ctrl-C", times, strike("INT", 130, false));
    }
    repeat("kill -9 of the grader", times, strike("KILL", KILLED, false));
    repeat("kill -9 of a child JVM", times, this::killChild);
    if (!small) {
      int some = Math.max(1, times / SELDOM);
      if (!deaf) {
        repeat("Ctrl-C that reaches the children too", some, strike("INT", 130, true));
      }
      repeat("SIGTERM", some, strike("TERM", 143, false));
      repeat("SIGHUP", some, strike("HUP", 129, false));
      fullDisks(some);
    }
    fullOutput();
  }

  private void fullDisks(int times) throws IOException, InterruptedException {
    Optional<String> obstacle = SmallDisk.obstacle(folder.resolve("disk"));
    if (obstacle.isPresent()) {
      out.println("full disks: skipped, since no small one can be mounted: " + obstacle.get());
    } else {
      repeat("a full disk for temporary files", times, fillDisk(ChildGrader::temp, 6));
      repeat("a full disk for reports", times, fillDisk(ChildGrader::out, 1));
    }
  }

  private void repeat(String name, int times, Fault fault)
      throws IOException, InterruptedException {
    int before = faults.size();
    met = 0;
    for (int i = 0; i < times; i++) {
      long millis = (long) (random.nextDouble() * quietMillis);
      ChildGrader grader = grader();
      round(grader, name + " in round " + rounds + ", " + millis + " ms: ", fault, millis);
    }
    say(name, times, faults.size() - before);
  }

  private void fault(String sentence) {
    faults.add(sentence);
    out.println("✗ " + sentence);
    out.flush();
  }

  private void say(String name, int times, int wrong) {
    out.printf(
        Locale.ROOT, "%s: %d times, %d met a grader at work, %d faults%n", name, times, met, wrong);
    out.flush();
  }

  private void round(ChildGrader grader, String what, Fault fault, long millis)
      throws IOException, InterruptedException {
    try (SmallDisk disk = fault.disk(grader)) {
      grader.begin();
      grader.runFor(millis);
      // The next ones are to meet it at work.
      quietMillis = grader.isOver() ? Math.min(quietMillis, millis) : quietMillis;
      met += grader.isOver() ? 0 : 1;
      int expected = fault.happen(grader, disk);
      int exit = grader.end();
      if (disk != null) {
        disk.empty();
      }
      if (exit != expected && exit != 0 && exit != 1) {
        fault(what + "exit code " + exit + ": " + grader.said());
      }
      boolean clean = exit != KILLED;
      gone(grader, what, clean);
      if (clean) {
        drafts(grader.out()).forEach(f -> fault(what + f));
      }
      Outcomes.in(grader.out()).unlike(quiet).forEach(f -> fault(what + f));
      resume(grader, what);
    }
  }

  private void resume(ChildGrader grader, String what) throws IOException, InterruptedException {
    int exit = FAILED;
    for (int i = 0; i < MOST_RESUMES && exit != 0 && exit != 1; i++) {
      grader.begin("--resume");
      exit = grader.end();
    }
    Outcomes last = Outcomes.in(grader.out());
    if (!last.equals(quiet)) {
      fault(what + "after all, " + last.bySubmission() + " is not " + quiet.bySubmission());
    }
    gone(grader, what, true);
    AuditCheck.of(grader.out()).faults().forEach(f -> fault(what + f));
    gradedTwice(grader.out()).forEach(f -> fault(what + f));
    drafts(grader.out()).forEach(f -> fault(what + f));
  }

  /** Processes that a killed grader has left end by themselves, and soon. */
  private void gone(ChildGrader grader, String what, boolean clean)
      throws IOException, InterruptedException {
    List<String> left = grader.processesLeft();
    long begin = System.nanoTime();
    while (!clean && !left.isEmpty() && System.nanoTime() - begin < GONE_SECONDS * 1_000_000_000L) {
      Thread.sleep(50);
      left = grader.processesLeft();
    }
    left.forEach(f -> fault(what + f));
    if (clean) {
      grader.filesLeft().forEach(f -> fault(what + f));
    }
  }

  private static List<String> gradedTwice(Path reports) throws IOException {
    List<String> twice = new ArrayList<>();
    Map<String, Boolean> conclusive = new HashMap<>();
    for (String line : Files.readAllLines(reports.resolve("audit.jsonl"))) {
      JsonNode node = JSON.readTree(line);
      if (node.path("command").asText().equals("grade")) {
        boolean clear = !node.path("inconclusive").asBoolean();
        String name = node.path("name").asText();
        if (Boolean.TRUE.equals(conclusive.put(name, clear))) {
          twice.add(name + " was graded again, although its verdict was there");
        }
      }
    }
    return twice;
  }

  private static List<String> drafts(Path reports) throws IOException {
    if (!Files.exists(reports)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(reports, 2)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(".draft"))
          .map(f -> f + " is left")
          .toList();
    }
  }

  /** With its children it is as where there is no setsid: they may be the first to know. */
  private static Fault strike(String signal, int exit, boolean childrenToo) {
    return (grader, disk) -> {
      grader.signal(signal, childrenToo ? grader.children() : List.of());
      return exit;
    };
  }

  private int killChild(ChildGrader grader, SmallDisk none)
      throws IOException, InterruptedException {
    while (!grader.isOver()) {
      List<ProcessHandle> children = grader.children();
      if (!children.isEmpty()) {
        ProcessHandle victim = children.get(random.nextInt(children.size()));
        ChildGrader.kill("KILL", Long.toString(victim.pid()));
        break;
      }
      grader.runFor(5);
    }
    return FAILED;
  }

  private static Fault fillDisk(Function<ChildGrader, Path> place, int mib) {
    return new Fault() {
      @Override
      public SmallDisk disk(ChildGrader grader) throws IOException {
        return SmallDisk.in(place.apply(grader), mib);
      }

      @Override
      public int happen(ChildGrader grader, SmallDisk disk) throws IOException {
        disk.fill();
        return FAILED;
      }
    };
  }

  private void fullOutput() throws IOException, InterruptedException {
    int before = faults.size();
    met = 1;
    ChildGrader grader = grader();
    grader.begin(Redirect.to(new File("/dev/full")));
    int exit = grader.end();
    if (exit != FAILED || !grader.said().contains("standard output could not be written")) {
      fault("a full output: exit code " + exit + ": " + grader.said());
    }
    resume(grader, "a full output: ");
    say("a full output", 1, faults.size() - before);
  }

  private ChildGrader grader() throws IOException {
    return new ChildGrader(java, arguments, Files.createDirectory(folder.resolve("" + ++rounds)));
  }

  private List<Specimen> chosen(Kit kit, Exercise exercise) {
    List<Specimen> all = kit.specimens(exercise);
    List<Specimen> chosen = new ArrayList<>();
    for (Role role :
        small
            ? List.of(Role.REFERENCE, Role.MUTANT)
            : List.of(Role.STUB, Role.REFERENCE, Role.VARIANT, Role.MUTANT)) {
      all.stream().filter(s -> s.role() == role).limit(small ? 1 : 2).forEach(chosen::add);
    }
    return chosen;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** A shell's background job has no Ctrl-C, and hands that down. */
  private static boolean ignoresInterrupts() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & INTERRUPT) != 0;
      }
    }
    return false;
  }
}

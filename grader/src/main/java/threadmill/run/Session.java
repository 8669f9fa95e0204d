package threadmill.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import threadmill.harness.TempNames;
import threadmill.jail.Jail;
import threadmill.kit.Workshop.Bench;
import threadmill.model.Check;
import threadmill.model.CheckResult;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Limits;
import threadmill.model.Outcome;

/**
 * Puts all checks of one exercise to one compiled submission. After a deadlock, a crash or a check
 * that cannot be ended, a fresh child goes on with the next check, so nothing earned is lost. What
 * is inconclusive is asked up to three times, each time in a fresh child; nothing else is asked
 * twice. What that takes comes off a budget, and when it is used up nothing more is asked; a check
 * with a verdict costs nothing of it, however slow the machine.
 */
final class Session {
  private static final int TRIES = 3;
  private static final int GRACE_SECONDS = 10;
  private static final int LEAVE_SECONDS = 30;
  private static final int OUT_OF_MEMORY = 3;

  /** Ended by SIGXCPU. */
  private static final int OUT_OF_TIME = 128 + 24;

  private final Jail jail;
  private final Bench bench;
  private final Path submission;
  private final Path workFolder;
  private final long seed;
  private final String schedule;
  private final Judge judge;
  private final Limits limits;
  private final Output output;
  private final TempNames names;
  private final Map<String, Integer> tries = new HashMap<>();
  private Duration starting = Duration.ZERO;
  private Duration unclear = Duration.ZERO;
  private int asked;
  private Check last;
  private ChildJvm child;

  /**
   * @param schedule for an explored check: the one schedule to run, or empty
   */
  Session(
      Jail jail,
      Bench bench,
      List<Check> checks,
      Path submission,
      Path workFolder,
      long seed,
      String schedule) {
    this.jail = jail;
    this.bench = bench;
    this.submission = submission;
    this.workFolder = workFolder;
    this.seed = seed;
    this.schedule = schedule;
    this.judge = new Judge(checks);
    this.limits = jail.inForce(bench.exercise().limits());
    this.output = new Output(limits.outputMib());
    this.names = new TempNames(workFolder);
  }

  List<CheckResult> run() {
    try {
      do {
        while (goesOn()) {
          last = judge.pending().get(0);
          fenced(last);
          retryIfUnclear(last);
        }
      } while (!tookItsLeave());
      if (isUsedUp()) {
        judge.leaveOpen(unasked());
      }
      return judge.results();
    } finally {
      replaceChild();
    }
  }

  private boolean goesOn() {
    return judge.tampering().isEmpty() && !judge.pending().isEmpty() && !isUsedUp();
  }

  /** A program that never rests would hold up everybody behind it. */
  private boolean isUsedUp() {
    return unclear.toSeconds() >= limits.unclearSeconds();
  }

  private Finding unasked() {
    return Finding.of(
        Kind.INCONCLUSIVE,
        "not asked: the checks before it took the "
            + limits.unclearSeconds()
            + " seconds that checks without a verdict may take together; an instructor should look"
            + " at this program");
  }

  /** What breaks in the grader concerns one check, not those before and after it. */
  private void fenced(Check check) {
    long begin = System.nanoTime();
    try {
      put(check);
    } catch (RuntimeException | Error e) {
      judge.spoil(check, Fault.of(e));
      replaceChild();
    }
    countIfUnclear(check, begin);
  }

  /** Also a check that failed only because it came to its limit. */
  private void countIfUnclear(Check check, long begin) {
    boolean overdue =
        judge
            .result(check)
            .map(r -> r.duration().toSeconds() >= check.limitSeconds())
            .orElse(false);
    if (overdue || isUnclear(check)) {
      unclear = unclear.plusNanos(System.nanoTime() - begin);
    }
  }

  private boolean isUnclear(Check check) {
    return judge.result(check).map(r -> r.outcome() == Outcome.INCONCLUSIVE).orElse(false);
  }

  /** Time spent starting children. */
  Duration starting() {
    return starting;
  }

  String output() {
    return names.plain(output.text());
  }

  private void put(Check check) {
    String nonce = judge.ask(check);
    long begin = System.nanoTime();
    try {
      if (child == null) {
        child = start();
        asked = 0;
        begin = System.nanoTime();
      }
      asked++;
      long checkSeed = Seeds.ofCheck(seed, check.id());
      child.say(
          new Wire.Ask(
              nonce, check.testClass(), check.method(), checkSeed, check.limitSeconds(), schedule));
      Optional<Wire.Message> heard = child.hear(check.limitSeconds() + GRACE_SECONDS);
      if (heard.isPresent() && child.isOutOfMemory()) {
        judge.conclude(tooMuchMemory(), Duration.ofNanos(System.nanoTime() - begin));
        replaceChild();
        return;
      }
      if (heard.isPresent() && heard.get() instanceof Wire.Answer answer) {
        judge.hear(plain(answer));
        if (answer.outcome() == Outcome.INCONCLUSIVE && child.isOutOfTasks()) {
          judge.overrule(check, tooManyTasks());
        }
        if (answer.spent()) {
          replaceChild();
        }
        return;
      }
      judge.conclude(lost(check), Duration.ofNanos(System.nanoTime() - begin));
    } catch (IOException e) {
      Finding finding = child == null ? unstarted(e) : lost(check);
      judge.conclude(finding, Duration.ofNanos(System.nanoTime() - begin));
    }
    replaceChild();
  }

  private Wire.Answer plain(Wire.Answer answer) {
    Optional<Finding> finding = answer.finding().map(names::plain);
    return new Wire.Answer(
        answer.nonce(), answer.outcome(), finding, answer.nanos(), answer.spent());
  }

  private static Finding unstarted(IOException reason) {
    return Finding.of(
        Kind.INCONCLUSIVE, "the child JVM could not be started: " + reason.getMessage());
  }

  /** Why an answer never came. */
  private Finding lost(Check check) {
    if (output.isFlood()) {
      return Finding.of(
          Kind.OUTPUT, "the program printed more than " + limits.outputMib() + " MiB");
    }
    if (child.isOutOfMemory()) {
      return tooMuchMemory();
    }
    if (child.isOutOfTasks()) {
      return tooManyTasks();
    }
    if (child.isStopped()) {
      return Finding.of(Kind.CRASH, "the program stopped the process it runs in (SIGSTOP)");
    }
    Optional<Integer> exit = child.exitCode();
    if (exit.isEmpty()) {
      return Finding.of(
          Kind.INCONCLUSIVE,
          "the JVM did not answer within " + (check.limitSeconds() + GRACE_SECONDS) + " seconds");
    }
    if (exit.get() == OUT_OF_MEMORY) {
      return Finding.of(Kind.MEMORY, "the program used up the memory of its JVM (256 MiB)");
    }
    if (exit.get() == ChildMain.OUT_OF_DESCRIPTORS) {
      boolean known = limits.files() < Integer.MAX_VALUE;
      String all = known ? "all " + limits.files() + " file descriptors" : "all file descriptors";
      return usedUp(Kind.LEAK, all + " of its JVM");
    }
    if (exit.get() == ChildMain.DRIVER_FAILED) {
      return Finding.of(Kind.INCONCLUSIVE, "the JVM could not go on after the program");
    }
    if (exit.get() == OUT_OF_TIME) {
      return usedUp(Kind.BUSY, "its " + limits.cpuSeconds() + " s of processor time");
    }
    return Finding.of(
        Kind.CRASH, "the program ended the JVM it ran in, with exit code " + exit.get());
  }

  private Finding tooMuchMemory() {
    String most = "its " + limits.memoryMib() + " MiB";
    return Finding.of(Kind.MEMORY, "the program and what it started used up " + most);
  }

  private Finding tooManyTasks() {
    return usedUp(Kind.LEAK, "all " + limits.tasks() + " processes and threads it may have");
  }

  /** What was used before, by other checks, is not this one's fault: it is asked again. */
  private Finding usedUp(Kind kind, String what) {
    return asked == 1
        ? Finding.of(kind, "the program used up " + what)
        : Finding.of(Kind.INCONCLUSIVE, "the JVM of this and earlier checks used up " + what);
  }

  private void retryIfUnclear(Check check) {
    if (isUnclear(check) && !isUsedUp() && tries.merge(check.id(), 1, Integer::sum) < TRIES) {
      judge.reopen(check);
      replaceChild();
    }
  }

  /**
   * Whether the last child, if it still runs, says goodbye with the nonce it is given. If not, the
   * last answer does not count: the check fails by what ended the JVM, or is asked again.
   */
  private boolean tookItsLeave() {
    if (child == null) {
      return true;
    }
    long begin = System.nanoTime();
    String nonce = Judge.freshNonce();
    Optional<Wire.Message> heard = Optional.empty();
    try {
      child.say(new Wire.Farewell(nonce));
      heard = child.hear(LEAVE_SECONDS);
    } catch (IOException e) {
      // It is gone already, which comes to the same as if it said nothing.
      heard = Optional.empty();
    }
    boolean left = heard.equals(Optional.of(new Wire.Farewell(nonce)));
    if (!left && heard.isPresent()) {
      judge.hear(new Wire.Answer("", Outcome.PASSED, Optional.empty(), 0, false));
    } else if (!left) {
      judge.overrule(last, lost(last));
      countIfUnclear(last, begin);
      retryIfUnclear(last);
    }
    replaceChild();
    return left || judge.pending().isEmpty() || !goesOn();
  }

  private ChildJvm start() throws IOException {
    long begin = System.nanoTime();
    String classPath =
        String.join(
            File.pathSeparator,
            ClassPaths.ofChild(),
            bench.contract().toString(),
            bench.given().toString(),
            submission.toString());
    Path own = WorkFolders.next(workFolder, "c");
    String home = bench.exercise().id();
    ChildJvm started = ChildJvm.start(jail, home, classPath, submission, own, limits, output);
    starting = starting.plusNanos(System.nanoTime() - begin);
    return started;
  }

  /** What a child says in the end is known by now: that it does not end well changes nothing. */
  private void replaceChild() {
    ChildJvm old = child;
    child = null;
    try {
      if (old != null) {
        old.close();
      }
    } catch (RuntimeException | Error e) {
      // What is left of it ends with the grader, or is swept away by the next one.
      return;
    }
  }
}

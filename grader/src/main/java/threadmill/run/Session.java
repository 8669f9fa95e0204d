package threadmill.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import threadmill.harness.TempNames;
import threadmill.jail.Jail;
import threadmill.kit.Workshop.Bench;
import threadmill.model.Check;
import threadmill.model.CheckResult;
import threadmill.model.ExitStatus;
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

  /** What a JVM says when the system gives it no memory, below the limits of the program. */
  private static final String NO_MEMORY = "insufficient memory for the Java Runtime Environment";

  private static final String SPOILT = "somebody changed files that this check ran with";

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
  private final RunFiles files;
  private final Map<String, List<Finding>> tries = new HashMap<>();
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
    this.files = RunFiles.of(Jvm.readable(classPath()));
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
        if (answer.outcome() == Outcome.FAILED) {
          excuse().ifPresent(why -> judge.overrule(check, why));
        }
        if (answer.outcome() == Outcome.INCONCLUSIVE
            && child.isOutOfTasks()
            && excuse().isEmpty()) {
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

  private Finding unstarted(IOException reason) {
    if (files.areSpoilt() || !Files.isDirectory(workFolder)) {
      return Finding.of(Kind.INCONCLUSIVE, SPOILT);
    }
    String sentence = "the child JVM could not be started: " + reason.getMessage();
    return Finding.of(Kind.INCONCLUSIVE, sentence);
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
    Optional<Finding> excuse = excuse();
    if (excuse.isPresent()) {
      return excuse.get();
    }
    if (child.isOutOfTasks()) {
      return tooManyTasks();
    }
    if (child.isStopped()) {
      String who = ", by the machine or by the program itself";
      return Finding.of(Kind.INCONCLUSIVE, "the JVM of this check was stopped by SIGSTOP" + who);
    }
    return child.exit().map(this::ended).orElseGet(() -> silent(check));
  }

  private Finding silent(Check check) {
    return Finding.of(
        Kind.INCONCLUSIVE,
        "the JVM did not answer within " + (check.limitSeconds() + GRACE_SECONDS) + " seconds");
  }

  private Finding ended(ExitStatus how) {
    if (how.isKill()) {
      String who = ", by the machine or by the program itself";
      return Finding.of(Kind.INCONCLUSIVE, "the JVM of this check was killed by " + how + who);
    }
    if (how.code() != 0 && output.endsWith(NO_MEMORY)) {
      return Finding.of(Kind.INCONCLUSIVE, Resource.MEMORY.sentence());
    }
    if (how.isOutOfTime()) {
      return usedUp(Kind.BUSY, "its " + limits.cpuSeconds() + " s of processor time");
    }
    if (how.isOutOfFileSize()) {
      return usedUp(Kind.OUTPUT, "the " + limits.fileMib() + " MiB that a file may have");
    }
    return switch (how.code()) {
      case OUT_OF_MEMORY ->
          Finding.of(Kind.MEMORY, "the program used up the memory of its JVM (256 MiB)");
      case ChildMain.OUT_OF_DESCRIPTORS -> usedUp(Kind.LEAK, descriptors() + " of its JVM");
      case ChildMain.DRIVER_FAILED ->
          Finding.of(Kind.INCONCLUSIVE, "the JVM could not go on after the program");
      default -> Finding.of(Kind.CRASH, "the program ended the JVM it ran in, with " + how);
    };
  }

  /** The machine's fault, if what went wrong in this JVM may be that. */
  private Optional<Finding> excuse() {
    Optional<String> why = files.areSpoilt() ? Optional.of(SPOILT) : child.excuse();
    return why.map(sentence -> Finding.of(Kind.INCONCLUSIVE, sentence));
  }

  private Finding tooMuchMemory() {
    String most = "its " + limits.memoryMib() + " MiB";
    return Finding.of(Kind.MEMORY, "the program and what it started used up " + most);
  }

  private String descriptors() {
    boolean known = limits.files() < Integer.MAX_VALUE;
    return known ? "all " + limits.files() + " file descriptors" : "all file descriptors";
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
    Optional<CheckResult> result =
        judge.result(check).filter(r -> r.outcome() == Outcome.INCONCLUSIVE);
    if (result.isEmpty()) {
      return;
    }
    List<Finding> sofar = tries.computeIfAbsent(check.id(), id -> new ArrayList<>());
    sofar.add(result.get().finding().orElseThrow());
    if (sofar.size() < TRIES && !isUsedUp()) {
      judge.reopen(check);
      replaceChild();
    } else {
      judge.overrule(check, forAPerson(sofar));
    }
  }

  /**
   * Whether the machine or the program itself brought it about, a person can tell by reading it.
   */
  private static Finding forAPerson(List<Finding> tries) {
    Finding last = tries.get(tries.size() - 1);
    boolean same = tries.stream().allMatch(each -> each.sentence().equals(last.sentence()));
    String times = tries.size() == 1 ? "" : " of " + tries.size() + " times";
    String often = times.isEmpty() ? "" : same ? ", each" + times : ", the last" + times;
    return last.saying(last.sentence() + often + ": an instructor should look at it");
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

  private String classPath() {
    return String.join(
        File.pathSeparator,
        ClassPaths.ofChild(),
        bench.contract().toString(),
        bench.given().toString(),
        submission.toString());
  }

  private ChildJvm start() throws IOException {
    long begin = System.nanoTime();
    Path own = WorkFolders.next(workFolder, "c");
    String home = bench.exercise().id();
    ChildJvm started = ChildJvm.start(jail, home, classPath(), submission, own, limits, output);
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

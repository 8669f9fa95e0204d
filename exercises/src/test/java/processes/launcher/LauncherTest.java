package processes.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import processes.launcher.Launcher.Result;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.Processes;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** What a {@link Launcher} owes its caller, its children and the machine. */
@Contract
class LauncherTest {
  private static final String RUN = "run(command, stdin, limit)";
  private static final byte[] NOTHING = {};

  /** A limit that no child here comes near: whoever reaches it was waiting for ever. */
  private static final Duration AMPLE = Duration.ofSeconds(8);

  private static final Duration ENDLESS = Duration.ofHours(1);

  @AfterEach
  @AfterTry
  void endWhatIsLeft() {
    Processes.endAll();
  }

  // What a child says

  @CheckId("L1")
  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void brings_back_out_err_and_exit_code_as_the_child_left_them(
      @ForAll("texts") String out,
      @ForAll("texts") String err,
      @ForAll @IntRange(max = 255) int exitCode,
      Crew crew) {
    String script =
        "printf %b '" + Texts.octal(out) + "'; printf %b '" + Texts.octal(err) + "' >&2; exit $0";

    Result result = run(crew, sh(script, String.valueOf(exitCode)), NOTHING);

    sameText("standard output", out, result.out());
    sameText("standard error", err, result.err());
    if (result.exitCode() != exitCode) {
      throw wrong("run does not say with which exit code the child ended", told(result, exitCode));
    }
  }

  @CheckId("L2")
  @Test
  void tells_the_child_that_its_input_is_over(Crew crew) {
    Step<Result> run = start(crew, List.of("cat"), "hello".getBytes(UTF_8), Duration.ofSeconds(5));

    Result result = run.finishes("cat has all its bytes and ends as soon as its input is closed");

    if (result.timedOut()) {
      throw wrong(
          "cat waited for more until its time was up: it got its five bytes, but nobody closed the"
              + " pipe, and only that tells it that there are no more");
    }
    sameText("standard output", "hello", result.out());
  }

  @CheckId("L3")
  @Test
  void lets_a_child_fill_stderr_before_it_writes_to_stdout(Crew crew) {
    String script = "head -c 200000 /dev/zero >&2; printf done";

    Result result = run(crew, sh(script), NOTHING);

    sameText("standard output", "done", result.out());
    sameText("standard error", "\0".repeat(200_000), result.err());
  }

  @CheckId(value = "L4", points = 2)
  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void reads_both_pipes_in_whatever_order_they_fill(@ForAll("writes") List<Write> writes, Crew crew) {
    String script = writes.stream().map(Write::command).collect(Collectors.joining("; "));

    Result result = run(crew, sh(script), NOTHING);

    sameText("standard output", "\0".repeat(total(writes, 1)), result.out());
    sameText("standard error", "\0".repeat(total(writes, 2)), result.err());
  }

  @CheckId(value = "L5", points = 2)
  @Property(tries = 14, edgeCases = EdgeCasesMode.FIRST, shrinking = ShrinkingMode.OFF)
  void brings_back_whole_what_it_sends_through_cat(@ForAll("sizes") int bytes, Crew crew) {
    String text = Texts.textOf(bytes, crew.random());

    Result result = run(crew, List.of("cat"), text.getBytes(UTF_8));

    sameText("standard output", text, result.out());
    sameText("standard error", "", result.err());
  }

  @CheckId("L6")
  @Test
  void takes_it_calmly_that_a_child_ignores_its_input(Crew crew) {
    Result result = run(crew, sh("printf done; exit 3"), new byte[1 << 20]);

    sameText("standard output", "done", result.out());
    if (result.exitCode() != 3) {
      throw wrong("run does not say with which exit code the child ended", told(result, 3));
    }
  }

  // When its time is up

  @CheckId("L7")
  @Test
  void kills_a_child_whose_time_is_up(Crew crew, @TempDir Path dir) {
    List<Endless> children = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      children.add(Endless.in(dir.resolve("child" + i), ""));
    }

    crew.childrenWaitForNoClock();
    // Long enough that no slowness of a machine makes up for a limit that was cut short.
    Duration limit = Duration.ofMillis(900);
    Endless alone = Endless.in(dir.resolve("alone"), "");
    mustBeOverdue(
        startTimed(crew, alone.command(), NOTHING, limit)
            .finishes("its limit is over"),
        limit);
    for (Overrun overrun : overruns(crew, children, NOTHING, "its limit is over")) {
      crew.leavesNone(RUN, overrun.child().pids(), "its limit was over and run had returned");
    }
  }

  @CheckId("L8")
  @Test
  void keeps_what_the_child_wrote_before_its_time_was_up(Crew crew, @TempDir Path dir) {
    Endless child = Endless.in(dir.resolve("child"), "printf early; printf alas >&2; ");

    Result result = overrun(crew, child, NOTHING, "its limit is over");

    sameText("standard output", "early", result.out());
    sameText("standard error", "alas", result.err());

    // A pipe whose writers still live while the child is killed.
    Endless parent =
        Endless.withAChildIn(dir.resolve("parent"), "printf early; printf alas >&2; ");
    Result other = overrun(crew, parent, NOTHING, "its limit is over");
    sameText("standard output", "early", other.out());
    sameText("standard error", "alas", other.err());
  }

  @CheckId(value = "L16", points = 2)
  @Test
  void keeps_it_also_while_the_child_goes_on_writing(Crew crew, @TempDir Path dir) {
    crew.childrenWaitForNoClock();
    for (int i = 0; i < 8; i++) {
      Endless child = Endless.chattyIn(dir.resolve("child" + i), "printf early; ");
      Timed run =
          startTimed(crew, child.command(), NOTHING, Duration.ofMillis(200 + 10 * i))
              .finishes("its limit is over, whatever the child still has to say");

      if (child.hasBegun() && !run.result().out().startsWith("early")) {
        throw wrong(
            "what a child wrote is lost when its time was up while it was still writing",
            "written first: \"early\"; brought back: " + Texts.excerpt(run.result().out(), 0));
      }
      crew.leavesNone(RUN, child.pids(), "its limit was over and run had returned");
    }
  }

  @CheckId("L9")
  @Test
  void does_not_let_a_blocked_pipe_hold_up_the_limit(Crew crew, @TempDir Path dir) {
    crew.childrenWaitForNoClock();
    Endless deaf = Endless.in(dir.resolve("deaf"), "");
    Endless mute = Endless.in(dir.resolve("mute"), "exec > /dev/null 2>&1; ");

    List<Overrun> overruns =
        overruns(
            crew,
            List.of(deaf, mute),
            new byte[1 << 20],
            "its limit is over, also while the child reads none of its input, or has closed"
                + " its output");

    for (Overrun overrun : overruns) {
      crew.leavesNone(RUN, overrun.child().pids(), "its limit was over and run had returned");
    }
    // It has had all its input and has closed its output: its end is all that is left to wait for.
    Endless idle = Endless.in(dir.resolve("idle"), "exec > /dev/null 2>&1; ");
    overrun(crew, idle, NOTHING, "its limit is over, also when all its pipes are closed");
    crew.leavesNone(RUN, idle.pids(), "its limit was over and run had returned");
  }

  @CheckId("L10")
  @Test
  void kills_a_child_that_ignores_polite_requests(Crew crew, @TempDir Path dir) {
    Endless child = Endless.in(dir.resolve("child"), "trap '' TERM; ");

    overrun(crew, child, NOTHING, "its limit is over, also for a child that ignores SIGTERM");

    crew.leavesNone(RUN, child.pids(), "its limit was over and run had returned");
  }

  @CheckId(value = "L11", points = 2)
  @Test
  void kills_the_childs_own_children_too(Crew crew, @TempDir Path dir) {
    Endless child = Endless.withAChildIn(dir.resolve("child"));

    overrun(
        crew,
        child,
        NOTHING,
        "its limit is over; a child of the child still holds the pipes open");

    crew.leavesNone(RUN, child.pids(), "the limit of their parent was over and run had returned");

    Endless family = Endless.withAFamilyIn(dir.resolve("family"));
    overrun(crew, family, NOTHING, "its limit is over; a grandchild of the child holds the pipes");
    crew.leavesNone(RUN, family.pids(), "the limit of their parent was over and run had returned");
  }

  @CheckId(value = "L12", points = 2)
  @Test
  void passes_an_interrupt_on_and_leaves_no_child(Crew crew, @TempDir Path dir) {
    crew.childrenWaitForNoClock();
    Endless child = Endless.withAChildIn(dir.resolve("child"));
    Step<Result> run = start(crew, child.command(), NOTHING, ENDLESS);
    crew.comesTrue(() -> child.hasBegun() || run.isOver());

    run.interrupt();

    run.fails(InterruptedException.class, "its thread was interrupted while the child ran");
    crew.leavesNone(RUN, child.pids(), "run was interrupted");
  }

  @CheckId("L15")
  @Test
  void a_child_is_dead_when_an_interrupt_has_ended_run(Crew crew, @TempDir Path dir) {
    crew.childrenWaitForNoClock();
    for (int i = 0; i < 5; i++) {
      Endless child = Endless.in(dir.resolve("child" + i), "");
      Step<Boolean> run = crew.asks(RUN, () -> outlives(child));
      crew.comesTrue(() -> child.hasBegun() || run.isOver());

      run.interrupt();

      if (run.finishes("its thread was interrupted while the child ran")) {
        String sentence = "run threw InterruptedException while the child that it killed still lived";
        throw leak(sentence, List.of());
      }
    }
  }

  /** Whether the child still lives at the moment in which run is over. */
  private static boolean outlives(Endless child) throws IOException {
    try {
      new Launcher().run(child.command(), NOTHING, ENDLESS);
    } catch (InterruptedException e) {
      return Processes.isAlive(child.pids().get(0));
    }
    throw wrong("run returned although its thread was interrupted while the child ran");
  }

  @CheckId("L18")
  @Test
  void a_limit_of_nothing_is_over_at_once(Crew crew, @TempDir Path dir) {
    crew.childrenWaitForNoClock();
    for (Duration limit : List.of(Duration.ZERO, Duration.ofNanos(1))) {
      Endless child = Endless.in(dir.resolve("child" + limit.toNanos()), "");

      Result result =
          start(crew, child.command(), NOTHING, limit).finishes("its limit is over at once");

      if (!result.timedOut()) {
        throw wrong("a child that never ends had no time at all, and timedOut is false");
      }
      crew.leavesNone(RUN, Processes.alive(), "its limit was over and run had returned");
    }
  }

  @CheckId("L19")
  @Test
  void an_interrupt_that_came_before_is_an_interrupt(Crew crew, @TempDir Path dir) {
    crew.childrenWaitForNoClock();
    Endless child = Endless.in(dir.resolve("child"), "");
    Step<Result> run =
        crew.asks(
            RUN,
            () -> {
              Thread.currentThread().interrupt();
              return new Launcher().run(child.command(), NOTHING, ENDLESS);
            });

    run.fails(InterruptedException.class, "its thread had been interrupted before the call");
    crew.leavesNone(RUN, Processes.alive(), "run was interrupted");
  }

  @CheckId(value = "L20", points = 2)
  @Test
  void an_exit_code_does_not_tell_that_time_was_up(Crew crew) {
    crew.childrenWaitForNoClock();
    List<String> ends =
        List.of("exit 124", "exit 137", "exit 143", "exit 255", "kill -KILL $$", "kill -TERM $$");
    for (String end : ends) {
      Result result =
          start(crew, sh("printf done; " + end), NOTHING, ENDLESS)
              .finishes("the child has ended: " + end);

      if (result.timedOut()) {
        throw wrong("a child ended before its time was up, and timedOut is true", "it did: " + end);
      }
      sameText("standard output", "done", result.out());
    }
  }

  // Several at the same time

  @CheckId(value = "L17", points = 2)
  @Test
  void serves_a_child_however_many_others_run(Crew crew, @TempDir Path dir) {
    List<Integer> sizes = crew.sizes(2, 24);
    // More than a pool with a thread for each processor can serve.
    int many = sizes.get(sizes.size() - 1) + Runtime.getRuntime().availableProcessors();
    List<Endless> others = new ArrayList<>();
    List<Step<Result>> runs = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      Endless other = Endless.in(dir.resolve("child" + i), "");
      others.add(other);
      Step<Result> run = start(crew, other.command(), NOTHING, ENDLESS);
      runs.add(run);
      crew.comesTrue(() -> other.hasBegun() || run.isOver());
    }

    Result result =
        start(crew, List.of("cat"), "hello".getBytes(UTF_8), AMPLE)
            .finishes("its child needs no time, however many others run at the same time");

    if (result.timedOut()) {
      throw wrong(
          "a child that needs no time was not served until its time was up: the others that ran at"
              + " the same time took all that feeds it and reads what it says",
          "other children: " + many);
    }
    sameText("standard output", "hello", result.out());
    runs.forEach(Step::interrupt);
    runs.forEach(run -> run.fails(InterruptedException.class, "its thread was interrupted"));
    for (Endless other : others) {
      crew.leavesNone(RUN, other.pids(), "run was interrupted");
    }
  }

  // What is left, and what it is built from

  @CheckId(value = "L13", points = 2)
  @Test
  void leaves_no_thread_no_process_and_no_descriptor(Crew crew, @TempDir Path dir) {
    run(crew, List.of("cat"), NOTHING);
    crew.comesTrue(() -> crew.theirThreads().isEmpty());
    int descriptors = Processes.openDescriptors();

    for (int i = 0; i < 6; i++) {
      run(crew, List.of("cat"), "some text".getBytes(UTF_8));
    }
    overrun(crew, Endless.in(dir.resolve("child"), ""), NOTHING, "its limit is over");

    crew.leavesNone(RUN, Processes.alive(), "run had returned");
    if (!crew.comesTrue(() -> crew.theirThreads().isEmpty())) {
      List<String> left = new ArrayList<>();
      crew.theirThreads().forEach(t -> left.add(t.getName() + " is " + t.getState()));
      left.add(0, "left: " + left.size() + " threads");
      throw leak("threads are left although run has returned", left);
    }
    // Two more than before may be the JVM's own; seven runs that leave one each are not.
    if (!crew.comesTrue(() -> Processes.openDescriptors() <= descriptors + 2)) {
      int more = Processes.openDescriptors() - descriptors;
      String sentence = "run was called seven times and left descriptors open";
      throw leak(sentence, List.of("left open: " + more));
    }
  }

  @CheckId("L14")
  @Test
  void is_built_from_pipes_and_threads(Crew crew) {
    crew.answer(RUN, () -> new Launcher().run(sh(":"), NOTHING, AMPLE));

    Structure.of(Launcher.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .mustNotCall(
            "java.io.File.<init>",
            "java.io.File.createTempFile",
            "java.nio.file.Files.createTempFile",
            "java.nio.file.Files.createTempDirectory",
            "java.nio.file.Path.toFile",
            "java.lang.ProcessBuilder.inheritIO",
            "java.lang.ProcessBuilder$Redirect.to",
            "java.lang.ProcessBuilder$Redirect.appendTo",
            "java.lang.ProcessBuilder$Redirect.from")
        .holds();
  }

  // How it is asked

  private static Step<Result> start(Crew crew, List<String> command, byte[] stdin, Duration limit) {
    return crew.asks(RUN, () -> new Launcher().run(command, stdin, limit));
  }

  /** Runs a child that waits for nothing but its pipes, and so must come to its end. */
  private static Result run(Crew crew, List<String> command, byte[] stdin) {
    crew.childrenWaitForNoClock();
    Result result =
        start(crew, command, stdin, AMPLE)
            .finishes("the child ends as soon as its pipes are fed and emptied");
    if (result.timedOut()) {
      throw wrong(
          "a child that needs no time was still not done after %s: it waited for somebody to empty a"
                  .formatted(shown(AMPLE))
              + " pipe that was full, or to close its input, while run waited for the child");
    }
    return result;
  }

  private record Overrun(Endless child, Result result) {}

  private record Timed(Result result, Duration took) {}

  private static Result overrun(Crew crew, Endless child, byte[] stdin, String because) {
    crew.childrenWaitForNoClock();
    return overruns(crew, List.of(child), stdin, because).get(0).result();
  }

  /**
   * Lets children live until a short limit. Where the machine is too slow for a child to begin
   * before that, the limit is raised; nothing else is.
   */
  private static List<Overrun> overruns(
      Crew crew, List<Endless> children, byte[] stdin, String because) {
    for (int millis : new int[] {300, 700}) {
      Duration limit = Duration.ofMillis(millis);
      List<Step<Timed>> runs = new ArrayList<>();
      children.forEach(child -> runs.add(startTimed(crew, child.command(), stdin, limit)));
      List<Overrun> overruns = new ArrayList<>();
      for (int i = 0; i < runs.size(); i++) {
        Timed run = runs.get(i).finishes(because);
        mustBeOverdue(run, limit);
        overruns.add(new Overrun(children.get(i), run.result()));
      }
      if (children.stream().allMatch(Endless::hasBegun)) {
        return overruns;
      }
      Processes.endAll();
    }
    throw Failure.of(Kind.INCONCLUSIVE, "the machine was too busy to start a child in 700 ms");
  }

  private static Step<Timed> startTimed(
      Crew crew, List<String> command, byte[] stdin, Duration limit) {
    return crew.asks(
        RUN,
        () -> {
          long begin = System.nanoTime();
          Result result = new Launcher().run(command, stdin, limit);
          return new Timed(result, Duration.ofNanos(System.nanoTime() - begin));
        });
  }

  /** A slow machine makes every run longer and none shorter. */
  private static void mustBeOverdue(Timed run, Duration limit) {
    if (!run.result().timedOut()) {
      throw wrong(
          "a child that never ends had a limit, and timedOut is false", "limit: " + shown(limit));
    }
    if (run.took().compareTo(limit.dividedBy(2)) < 0) {
      throw wrong(
          "run gave its child a limit and said too early that its time was up",
          "limit: " + shown(limit) + ", said after " + shown(run.took()));
    }
  }

  private static List<String> sh(String script, String... arguments) {
    return Stream.concat(Stream.of("/bin/sh", "-c", script), Stream.of(arguments)).toList();
  }

  // What it is asked about

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("az é€\r\n").ofMaxLength(40).map(s -> s + "\r\n\nend");
  }

  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.integers()
        .between(0, 1 << 20)
        .edgeCases(edges -> edges.filter(n -> n < 2).add(65_536, 65_537, 200_000, 1 << 20));
  }

  @Provide
  Arbitrary<List<Write>> writes() {
    Arbitrary<Integer> sizes = Arbitraries.of(1, 4_096, 65_536, 70_000, 200_000);
    return Combinators.combine(Arbitraries.of(1, 2), sizes).as(Write::new).list().ofSize(5);
  }

  private static int total(List<Write> writes, int descriptor) {
    return writes.stream().filter(w -> w.descriptor() == descriptor).mapToInt(Write::bytes).sum();
  }

  // How it is judged

  private static void sameText(String pipe, String expected, String actual) {
    if (expected.equals(actual)) {
      return;
    }
    int same = 0;
    int shorter = Math.min(expected.length(), actual.length());
    while (same < shorter && expected.charAt(same) == actual.charAt(same)) {
      same++;
    }
    List<String> evidence =
        List.of(
            "%,d characters were written, %,d came back, and they differ from character %,d on"
                .formatted(expected.length(), actual.length(), same),
            "written by the child from there on: " + Texts.excerpt(expected, same),
            "brought back from there on:         " + Texts.excerpt(actual, same));
    throw Failure.of(
        Kind.CONTRACT,
        "the child's %s did not come back as it was written".formatted(pipe),
        Students.lineOf(RUN),
        evidence);
  }

  private static String told(Result result, int exitCode) {
    return "the child ended with " + exitCode + ", run says " + result.exitCode();
  }

  private static Failure wrong(String sentence, String... measured) {
    return Failure.of(Kind.CONTRACT, sentence, Students.lineOf(RUN), List.of(measured));
  }

  private static Failure leak(String sentence, List<String> evidence) {
    return Failure.of(Kind.LEAK, sentence, Students.lineOf(RUN), evidence);
  }

  private static String shown(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}

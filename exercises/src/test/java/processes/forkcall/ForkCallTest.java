package processes.forkcall;


import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Door;
import threadmill.harness.Failure;
import threadmill.harness.Processes;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** What a call in another process owes its caller, and the machine. */
@Contract
class ForkCallTest {
  private static final String FORK = "fork(task, argument)";
  private static final String RETURNED = "its task has returned";

  /** Longer than a pipe and than the longest word of a command line. */
  private static final int LARGE = 256 * 1024;

  /** More files than others leave in a folder meanwhile. */
  private static final int MANY = 5;

  private static final AtomicReference<CountDownLatch> SLOW = new AtomicReference<>();

  @AfterEach
  @AfterTry
  void endWhatIsLeft() {
    Processes.endAll();
  }

  // Two processes, two memories

  @CheckId(value = "F1", points = 2)
  @Test
  void the_task_runs_in_a_child_process_with_its_own_memory(Crew crew) {
    Tasks.Count.counter = 42;

    Forked<ArrayList<Long>> forked = fork(crew, Tasks.Count.class, "");
    long pid = forked.pid();
    List<Long> said = joined(crew, forked, RETURNED);

    long self = ProcessHandle.current().pid();
    if (said.get(1) == self) {
      throw wrong("the task ran in the process that called fork, and not in a child");
    }
    if (said.get(2) != self) {
      throw wrong("the task's process is not a child of the one that called fork");
    }
    if (said.get(1) != pid) {
      String seen = "it ran in process " + said.get(1) + ", pid() says " + pid;
      throw wrong("pid() does not name the process in which the task ran", seen);
    }
    if (Tasks.Count.counter != 42 || said.get(0) != 1) {
      throw wrong(
          "a static field was 42 in the parent and new in the child, which added 1: now the parent"
              + " has %d and the child has %d".formatted(Tasks.Count.counter, said.get(0)));
    }
  }

  @CheckId(value = "F2", points = 2)
  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void whatever_is_sent_there_and_back_comes_back_equal(
      @ForAll @Size(max = 5) Map<String, Integer> map, @ForAll String text, Crew crew) {
    byte[] large = new byte[LARGE];
    crew.random().nextBytes(large);
    Object[] values = {new TreeMap<>(map), text, null, new int[] {1, 2}, large, "é€😀\r\n"};

    Serializable back = joined(crew, fork(crew, Tasks.Echo.class, (Serializable) values), RETURNED);

    if (!(back instanceof Object[] copies) || !Arrays.deepEquals(values, copies)) {
      throw wrong("a task that returns its argument did not return what it was given");
    }
    if (copies == values) {
      throw wrong("a task returned its caller's own array: nothing was copied");
    }
  }

  @CheckId("F3")
  @Test
  void the_argument_is_copied_before_fork_returns(Crew crew) {
    CountDownLatch gate = new CountDownLatch(1);
    SLOW.set(gate);
    Step<Forked<Serializable>> fork =
        crew.asks(FORK, () -> ForkCall.fork(Tasks.Echo.class, new Slow()));

    crew.untilWaitingOrOver(fork);
    if (fork.isOver()) {
      fork.finishes("its argument can be serialised");
      throw wrong(
          "fork(task, argument) returned before its argument was copied: what the caller changes"
              + " from now on may or may not get into the copy");
    }

    gate.countDown();
    crew.childrenWaitForNoClock();
    Forked<Serializable> forked = fork.finishes("its argument is copied");
    joined(crew, forked, RETURNED);
  }

  /** Takes its time to be serialised. */
  static final class Slow implements Serializable {
    private static final long serialVersionUID = 1L;

    private void writeObject(ObjectOutputStream out) throws IOException {
      try {
        if (SLOW.get() != null) {
          SLOW.get().await();
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @CheckId("F4")
  @Test
  void an_argument_that_cannot_be_copied_leaves_no_child(Crew crew) {
    Object[] argument = {new byte[LARGE], new Object()};

    crew.asks(FORK, () -> ForkCall.fork(Tasks.Echo.class, (Serializable) argument))
        .fails(IOException.class, "its argument holds an object that is not serialisable");

    crew.leavesNone(FORK, Processes.alive(), "fork had failed");
    for (Throwable own : List.of(new IllegalStateException("mine"), new AssertionError("mine"))) {
      int before = files().size();
      for (int i = 0; i < MANY; i++) {
        Step<?> fork = crew.asks(FORK, () -> ForkCall.fork(Tasks.Echo.class, new Refusal(own)));
        fork.awaitEnd("its argument throws while it is copied");
        if (fork.thrown().isEmpty()) {
          throw wrong("fork returned although its argument could not be copied: it threw " + own);
        }
      }
      crew.leavesNone(FORK, Processes.alive(), "fork had failed");
      if (files().size() >= before + MANY) {
        throw leak("fork failed, and a file is left", "for an argument that threw " + own);
      }
    }
  }

  /** Throws when it is serialised. */
  private static final class Refusal implements Serializable {
    private static final long serialVersionUID = 1L;
    private final transient Throwable thrown;

    Refusal(Throwable thrown) {
      this.thrown = thrown;
    }

    private void writeObject(ObjectOutputStream out) {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) thrown;
    }
  }

  // What comes back

  @CheckId(value = "F5", points = 2)
  @Test
  void what_the_task_throws_is_told_with_type_message_and_stack(Crew crew) {
    Map<String, Throwable> thrown = new TreeMap<>();
    thrown.put("a checked exception", new IOException("no such thing: é"));
    thrown.put("an error", new StackOverflowError("too deep"));
    thrown.put("what cannot be serialised", new Tasks.Unsendable());
    thrown.put("a failed execution", new ExecutionException(new IOException("inside")));
    thrown.put("an exception without a message", new UnsupportedOperationException());
    thrown.put("a translated exception", new Tasks.Translated());

    thrown.forEach(
        (what, expected) -> {
          Forked<String> forked = fork(crew, Tasks.Throw.class, what);
          failed(crew, forked, "its task threw " + what);
          RemoteTaskException told = failed(crew, forked, "join says the same each time");
          sameWord("the type of " + what, expected.getClass().getName(), told.type());
          sameWord("the message of " + what, expected.getMessage(), told.remoteMessage());
          if (!told.remoteStack().contains("Tasks$Throw.call(Tasks.java:")) {
            throw wrong("the stack trace does not say where in the task it was thrown: " + what);
          }
        });
    String whole = Tasks.LONG_MESSAGE;
    RemoteTaskException much = failed(crew, fork(crew, Tasks.Throw.class, "a lot"), "its task threw");
    if (!whole.equals(much.remoteMessage())) {
      String length = much.remoteMessage() == null ? "none" : "" + much.remoteMessage().length();
      String sentence = "the message of what the task threw is not told as it was";
      throw wrong(sentence, "characters: " + whole.length() + ", told: " + length);
    }
    Forked<Serializable> unsent = fork(crew, Tasks.Unsent.class, "");
    RemoteTaskException told = failed(crew, unsent, "its result cannot be serialised");
    sameWord("the type", "java.io.NotSerializableException", told.type());
  }

  @CheckId(value = "F6", points = 3)
  @Test
  void a_child_that_ends_without_a_reply_is_told_by_its_exit_code(Crew crew) {
    Map<String, Integer> ends = new TreeMap<>();
    ends.put("halt(7)", 7);
    ends.put("halt(0)", 0);
    ends.put("exit(0)", 0);
    ends.put("exit(3)", 3);
    ends.put("in the middle of its reply", 4);

    ends.forEach((how, code) -> mustEndWith(crew, fork(crew, Tasks.End.class, how), how, code));
  }

  @CheckId("F7")
  @Test
  void a_reply_counts_only_if_the_child_ends_well(Crew crew) {
    for (String said : List.of("its reply", "it has thrown", "a reply that cannot be sent")) {
      String how = "halt(9) after " + said;
      mustEndWith(crew, fork(crew, Tasks.End.class, how), how, 9);
    }
  }

  @CheckId("F8")
  @Test
  void threads_that_the_task_leaves_behind_do_not_hold_it_up(Crew crew) {
    Serializable result =
        joined(
            crew,
            fork(crew, Tasks.End.class, "a thread that waits for ever"),
            RETURNED + " and a thread that it started ends with the child");
    sameWord("the result", "a reply", result);
  }

  @CheckId(value = "F9", points = 2)
  @Test
  void what_the_task_prints_does_not_disturb_its_reply(Crew crew) {
    sameWord("the result", "printed", joined(crew, fork(crew, Tasks.Print.class, LARGE), RETURNED));
  }

  @CheckId(value = "F10", points = 2)
  @Test
  void several_children_run_at_once_and_keep_their_results_apart(Crew crew) {
    try (Door door = Door.shut()) {
      List<Step<Forked<String>>> forking = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        ArrayList<String> doorAndWord = new ArrayList<>(List.of(door.address(), "word " + i));
        forking.add(crew.asks(FORK, () -> ForkCall.fork(Tasks.Wait.class, doorAndWord)));
      }
      crew.childrenWaitForNoClock();
      List<Forked<String>> forks =
          forking.stream().map(s -> s.finishes("it does not wait for the task")).toList();
      crew.until(
          () -> door.callers().size() == 3, "three children should run at once, but they do not");

      Set<Long> pids = new TreeSet<>();
      forks.forEach(f -> pids.add(f.pid()));
      if (!pids.equals(new TreeSet<>(door.callers()))) {
        String seen = "the children %s ran, pid() says %s".formatted(door.callers(), pids);
        throw wrong("three children ran, and pid() does not name them", seen);
      }
      door.letIn();
      for (int i = 2; i >= 0; i--) {
        isKeptApart(crew, forks.get(i), "word " + i);
      }
      sameWord("result 0, asked again", "word 0", joined(crew, forks.get(0), RETURNED));
    }
  }

  /** Children that disturb each other do it in one way or another, as chance has it. */
  private static void isKeptApart(Crew crew, Forked<String> forked, String word) {
    Step<String> join = crew.asks("join()", forked::join);
    join.awaitEnd(RETURNED);
    boolean failed = join.thrown().filter(RemoteTaskException.class::isInstance).isPresent();
    String got = failed ? "an exception" : join.finishes(RETURNED);
    if (!word.equals(got)) {
      String sentence = "three children ran at once, and their results were not kept apart";
      throw wrong(sentence, "wanted: " + word + ", got: " + got);
    }
  }

  // Who stops waiting

  @CheckId(value = "F11", points = 2)
  @Test
  void when_the_limit_is_over_the_child_and_its_children_are_dead(Crew crew) {
    try (Door door = Door.shut()) {
      Forked<String> forked = staying(crew, Tasks.StayWithFamily.class, door, 3);

      Duration limit = Duration.ofMillis(600);
      AtomicLong waited = new AtomicLong();
      Step<String> join = crew.asks("join(limit)", () -> joined(forked, limit, waited));

      Step<String> other = crew.asks("join()", forked::join);
      join.fails(TimeoutException.class, "the limit is over and the task still waits");
      other.fails(RemoteTaskException.class, "the child that it waits for was killed");
      if (waited.get() < limit.toNanos()) {
        throw wrong("join(limit) gave up although its 600 ms were not over");
      }
      crew.leavesNone(FORK, door.callers(), "join(limit) had thrown TimeoutException");
      failed(crew, forked, "its child was killed");
    }
  }

  private static String joined(Forked<String> forked, Duration limit, AtomicLong waited)
      throws Exception {
    long begin = System.nanoTime();
    try {
      return forked.join(limit);
    } finally {
      waited.set(System.nanoTime() - begin);
    }
  }

  @CheckId("F12")
  @Test
  void an_interrupt_ends_the_wait_and_the_child(Crew crew) {
    try (Door door = Door.shut()) {
      Forked<String> forked = staying(crew, Tasks.StayWithFamily.class, door, 3);
      Step<String> join = crew.asks("join()", forked::join);
      crew.untilWaiting(join, "the task still runs");
      Step<String> other = crew.asks("join()", forked::join);
      crew.untilWaiting(other, "the task still runs");

      join.interrupt().fails(InterruptedException.class, "its thread was interrupted");
      crew.leavesNone(FORK, door.callers(), "join() had been interrupted");
      other.fails(RemoteTaskException.class, "the child that it waits for was killed");
    }
    try (Door door = Door.shut()) {
      Forked<String> forked = staying(crew, Tasks.Stay.class, door, 1);
      Step<String> join = crew.asks("join(limit)", () -> forked.join(Duration.ofHours(1)));
      crew.untilWaiting(join, "the task still runs");

      join.interrupt().fails(InterruptedException.class, "its thread was interrupted");
      crew.leavesNone(FORK, door.callers(), "join(limit) had been interrupted");
    }
  }

  @CheckId(value = "F16", points = 2)
  @Test
  void a_limit_may_be_nothing_or_as_long_as_can_be(Crew crew) {
    Duration longest = Duration.ofNanos(Long.MAX_VALUE);
    Forked<Serializable> quick = fork(crew, Tasks.Echo.class, "quick");
    for (Duration limit : List.of(longest, Duration.ZERO, Duration.ofSeconds(-1))) {
      Serializable result =
          crew.asks("join(limit)", () -> quick.join(limit)).finishes("the child has ended");
      sameWord("the result, asked with the limit " + limit, "quick", result);
    }
    for (Duration limit : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      try (Door door = Door.shut()) {
        Forked<String> forked = staying(crew, Tasks.Stay.class, door, 1);
        crew.asks("join(limit)", () -> forked.join(limit))
            .fails(TimeoutException.class, "the limit is over and the task still waits");
        crew.leavesNone(FORK, door.callers(), "join(limit) had thrown TimeoutException");
      }
    }
  }

  @CheckId("F13")
  @Test
  void kill_ends_a_child_that_will_not_be_asked(Crew crew) {
    try (Door door = Door.shut()) {
      Forked<String> forked = staying(crew, Tasks.Stay.class, door, 1);

      crew.does("kill()", forked::kill).finishes("a child can be ended without being asked");

      crew.leavesNone(FORK, door.callers(), "kill() had returned");
      if (failed(crew, forked, "its child was killed").exitCode().isEmpty()) {
        throw wrong("a child was killed, and its exception does not tell its exit code");
      }
      crew.does("kill()", forked::kill).finishes("the child is dead already");
    }
    try (Door door = Door.shut()) {
      Forked<String> forked = staying(crew, Tasks.StayWithFamily.class, door, 3);
      crew.does("kill()", forked::kill).finishes("a family can be ended without being asked");
      crew.leavesNone(FORK, door.callers(), "kill() had returned");
    }
    Forked<Serializable> ended = fork(crew, Tasks.Echo.class, "ended");
    joined(crew, ended, RETURNED);
    crew.does("kill()", ended::kill).finishes("its child has ended by itself");
    sameWord("the result", "ended", joined(crew, ended, "it had returned before kill()"));
  }

  // What is left, and what it is built from

  @CheckId("F14")
  @Test
  void nothing_is_left_when_all_is_joined(Crew crew) throws IOException {
    String mark = "mark-" + UUID.randomUUID();
    joined(crew, fork(crew, Tasks.Echo.class, mark), RETURNED);
    crew.comesTrue(() -> crew.theirThreads().isEmpty());
    int descriptors = Processes.openDescriptors();

    for (int i = 0; i < 3; i++) {
      joined(crew, fork(crew, Tasks.Echo.class, mark), RETURNED);
    }

    crew.leavesNone(FORK, Processes.alive(), "all was joined");
    if (!crew.comesTrue(() -> crew.theirThreads().isEmpty())) {
      throw leak("threads are left although all is joined", "left: " + crew.theirThreads().size());
    }
    // Two more than before may be the JVM's own; three calls that leave one each are not.
    if (!crew.comesTrue(() -> Processes.openDescriptors() <= descriptors + 2)) {
      int more = Processes.openDescriptors() - descriptors;
      String sentence = "fork and join were called three times and left descriptors open";
      throw leak(sentence, "left open: " + more);
    }
    isGone(mark, "all is joined, and a file with what was sent is left");
  }

  private static void isGone(String mark, String otherwise) throws IOException {
    for (Path folder : List.of(Path.of(""), Path.of(System.getProperty("java.io.tmpdir")))) {
      List<Path> left = filesWith(mark, folder.toAbsolutePath());
      if (!left.isEmpty()) {
        for (Path file : left) {
          Files.delete(file);
        }
        throw leak(otherwise, "left: " + left.get(0));
      }
    }
  }

  /** Small files right here that hold this text, which nobody else has. */
  private static List<Path> filesWith(String mark, Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.limit(5_000).toList()) {
        try {
          if (Files.isRegularFile(file)
              && Files.size(file) < 10_000
              && Files.readString(file, StandardCharsets.ISO_8859_1).contains(mark)) {
            found.add(file);
          }
        } catch (IOException e) {
          continue;
        }
      }
    }
    return found;
  }

  @CheckId(value = "F17", points = 2)
  @Test
  void a_result_is_a_result_whatever_it_is(Crew crew) {
    for (Serializable value : new Serializable[] {null, false, new IOException("returned")}) {
      String because = RETURNED + " " + value;
      Serializable back = joined(crew, fork(crew, Tasks.Echo.class, value), because);

      sameWord("the result", String.valueOf(value), String.valueOf(back));
    }
  }

  @CheckId(value = "F18", points = 2)
  @Test
  void nothing_is_left_of_a_child_that_came_to_a_bad_end(Crew crew) throws IOException {
    String mark = "mark-" + UUID.randomUUID();
    Set<Path> before = files();
    try (Door door = Door.shut()) {
      ArrayList<String> doorAndMark = new ArrayList<>(List.of(door.address(), mark));
      List<Forked<String>> five = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        five.add(fork(crew, Tasks.Wait.class, doorAndMark));
      }
      crew.until(() -> door.callers().size() == 5, "five children should run at once");
      Step<String> waiting = crew.asks("join()", five.get(0)::join);
      crew.untilWaiting(waiting, "the task still runs");

      waiting.interrupt().fails(InterruptedException.class, "its thread was interrupted");
      crew.asks("join(limit)", () -> five.get(1).join(Duration.ZERO))
          .fails(TimeoutException.class, "the limit is over and the task still waits");
      crew.does("kill()", five.get(2)::kill).finishes("a child can be ended without being asked");
      endFromOutside(five.get(3));
      endFromOutside(five.get(4));
      five.forEach(forked -> failed(crew, forked, "its child was killed"));
    }
    Object[] bad = {mark, new Object()};
    crew.asks(FORK, () -> ForkCall.fork(Tasks.Echo.class, (Serializable) bad))
        .fails(IOException.class, "its argument holds an object that is not serialisable");

    if (!crew.comesTrue(() -> crew.theirThreads().isEmpty())) {
      String seen = "left: " + crew.theirThreads().size();
      throw leak("threads are left of children that were killed and joined", seen);
    }
    isGone(mark, "children were killed and joined, and a file with what was sent is left");
    Set<Path> left = files();
    left.removeAll(before);
    // One for each child: what other programs leave there meanwhile is less.
    if (left.size() >= 5) {
      for (Path file : left) {
        Files.delete(file);
      }
      throw leak("children were killed and joined, and files are left", "left: " + left.size());
    }
  }

  @CheckId(value = "F19", points = 2)
  @Test
  void nothing_is_left_of_a_child_that_nobody_waits_for_any_more(Crew crew) throws IOException {
    String mark = "mark-" + UUID.randomUUID();
    joined(crew, fork(crew, Tasks.Echo.class, mark), RETURNED);
    crew.comesTrue(() -> crew.theirThreads().isEmpty());
    int descriptors = Processes.openDescriptors();
    int before = files().size();
    try (Door door = Door.shut()) {
      ArrayList<String> doorAndMark = new ArrayList<>(List.of(door.address(), mark));
      List<Forked<String>> all = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        all.add(fork(crew, Tasks.Wait.class, doorAndMark));
      }
      crew.until(() -> door.callers().size() == MANY, "five children should run at once");
      for (Forked<String> late : all.subList(0, 3)) {
        crew.asks("join(limit)", () -> late.join(Duration.ZERO))
            .fails(TimeoutException.class, "the limit is over and the task still waits");
      }
      for (Forked<String> given : all.subList(3, MANY)) {
        Step<String> waiting = crew.asks("join()", given::join);
        crew.untilWaiting(waiting, "the task still runs");
        waiting.interrupt().fails(InterruptedException.class, "its thread was interrupted");
      }
      crew.leavesNone(FORK, door.callers(), "join had thrown");
    }

    // Nobody joins them again.
    if (!crew.comesTrue(() -> crew.theirThreads().isEmpty())) {
      String seen = "left: " + crew.theirThreads().size();
      throw leak("threads are left of children whose join has thrown", seen);
    }
    if (!crew.comesTrue(() -> Processes.openDescriptors() <= descriptors + 2)) {
      String seen = "left open: " + (Processes.openDescriptors() - descriptors);
      throw leak("descriptors are left of five children whose join has thrown", seen);
    }
    crew.comesTrue(() -> files().size() < before + MANY);
    isGone(mark, "join has thrown, and a file with what was sent is left");
    int left = files().size() - before;
    if (left >= MANY) {
      throw leak("five children were killed as join threw, and files are left", "left: " + left);
    }
  }

  private static void endFromOutside(Forked<?> forked) {
    ProcessHandle.of(forked.pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  private static Set<Path> files() {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @CheckId("F15")
  @Test
  void is_built_from_processes_pipes_and_files(Crew crew) {
    crew.asks(FORK, () -> ForkCall.fork(Tasks.Echo.class, (Serializable) List.of(new Object())))
        .fails(IOException.class, "its argument holds an object that is not serialisable");

    Structure.of(ForkCall.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .mayUse(Constructor.class, InvocationTargetException.class)
        .mayCall(
            "java.lang.System.exit",
            "java.lang.System.setOut",
            "java.lang.System.setErr",
            "java.lang.Class.forName")
        .holds();
  }

  // How it is asked and judged

  private static <A extends Serializable, R extends Serializable> Forked<R> fork(
      Crew crew, Class<? extends ForkTask<A, R>> task, A argument) {
    crew.childrenWaitForNoClock();
    return crew.asks(FORK, () -> ForkCall.fork(task, argument))
        .finishes("it does not wait for the task");
  }

  private static Forked<String> staying(
      Crew crew, Class<? extends ForkTask<String, String>> task, Door door, int processes) {
    Forked<String> forked = fork(crew, task, door.address());
    crew.until(() -> door.callers().size() == processes, "the task should have begun, but it has not");
    return forked;
  }

  private static <R extends Serializable> R joined(Crew crew, Forked<R> forked, String because) {
    return crew.asks("join()", forked::join).finishes(because);
  }

  private static RemoteTaskException failed(Crew crew, Forked<?> forked, String because) {
    Step<?> join = crew.asks("join()", forked::join);
    return join.fails(RemoteTaskException.class, because);
  }

  private static void mustEndWith(Crew crew, Forked<?> forked, String how, int exitCode) {
    RemoteTaskException told = failed(crew, forked, "its child ended: " + how);
    if (told.exitCode().isEmpty() || told.exitCode().getAsInt() != exitCode) {
      String sentence = "a child ended: " + how + ", and its exception does not tell its exit code";
      throw wrong(sentence, "it says: " + told.getMessage());
    }
  }

  private static void sameWord(String what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw wrong("%s should be %s, it is not".formatted(what, expected), "it is " + actual);
    }
  }

  private static Failure wrong(String sentence, String... measured) {
    return Failure.of(Kind.CONTRACT, sentence, Students.lineOf(FORK), List.of(measured));
  }

  private static Failure leak(String sentence, String measured) {
    return Failure.of(Kind.LEAK, sentence, Students.lineOf(FORK), List.of(measured));
  }
}

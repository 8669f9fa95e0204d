package processes.tabsupervisor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import processes.tabsupervisor.FakeTabs.Birth;
import processes.tabsupervisor.TabStatus.State;
import threadmill.AlarmClock;
import threadmill.ManualClock;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.Processes;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** What a supervisor of processes promises to those who ask them. */
@Contract
class TabSupervisorTest {
  private static final String REQUEST = "request(name, line, limit)";
  private static final String OPEN = "open(name)";
  private static final String STATUS = "status()";
  private static final String ANSWERED = "the tab's process has answered";
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final Duration BACKOFF = Duration.ofSeconds(1);

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final RestartPolicy POLICY = new RestartPolicy(2, WINDOW, BACKOFF);

  private FakeTabs processes = new FakeTabs();
  private ManualClock clock = new ManualClock();
  private WatchedClock alarms = new WatchedClock(clock, false);

  @AfterEach
  @AfterTry
  void endWhatIsLeft() {
    processes.endAll();
    Processes.endAll();
  }

  // Opening and asking

  @CheckId("T1")
  @Test
  void an_open_tab_has_a_process_and_answers(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail", "news");

    expect(
        crew,
        supervisor,
        List.of(running("mail", 1_001, 0), running("news", 1_002, 0)),
        "two tabs were opened");
    answers(crew, supervisor, "mail", "hello");
    answers(crew, supervisor, "news", "hello");
    answers(crew, supervisor, "mail", "again");
    crew.does(OPEN, () -> supervisor.open("mail"))
        .fails(IllegalArgumentException.class, "a tab of this name is running");
    request(crew, supervisor, "maps", "hello")
        .fails(IOException.class, "no tab of this name was opened");
    processes.refuse(1);
    crew.does(OPEN, () -> supervisor.open("maps"))
        .fails(IOException.class, "its process cannot be started");
    expect(
        crew,
        supervisor,
        List.of(running("mail", 1_001, 0), running("news", 1_002, 0)),
        "a third one could not be opened");
  }

  @CheckId(value = "T2", points = 2)
  @Test
  void everybody_gets_the_answer_to_his_own_question(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail");
    FakeTab mail = processes.last("mail").silent();
    Step<String> first = request(crew, supervisor, "mail", "first");
    crew.untilWaiting(first, "the tab's process has not answered yet");
    Step<String> second = request(crew, supervisor, "mail", "second");
    crew.untilWaiting(second, "the tab's process has not answered yet");

    happens(crew, "the process answers in order", mail::answerAll);

    same("mail:first", first.finishes(ANSWERED));
    same("mail:second", second.finishes(ANSWERED));
  }

  // One tab and the others

  @CheckId(value = "T3", points = 2)
  @Test
  void a_tab_that_hangs_holds_nobody_up(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail", "news");
    processes.last("mail").silent();
    Step<String> hanging = request(crew, supervisor, "mail", "hello");
    crew.untilWaiting(hanging, "its tab does not answer");

    Step<String> other = request(crew, supervisor, "news", "hello");

    same("news:hello", other.finishes("another tab hangs, and this one has answered"));
    crew.asks(STATUS, supervisor::status).finishes("one of the tabs hangs, but nobody asks it");
    open(crew, supervisor, "maps");
    answers(crew, supervisor, "maps", "hello");
  }

  @CheckId(value = "T4", points = 3)
  @Test
  void a_real_process_that_crashes_takes_nobody_with_it(Crew crew) {
    TabSupervisor supervisor =
        crew.make(
            "new TabSupervisor(factory, policy, clock)",
            () ->
                new TabSupervisor(
                    new JvmTabs(),
                    new RestartPolicy(2, Duration.ofHours(1), Duration.ofMillis(1)),
                    AlarmClock.system()));
    Map<String, Long> before = new TreeMap<>();
    List<String> crashes = List.of("exit", "halt", "segv", "oom");
    List<String> all = List.of("exit", "halt", "segv", "oom", "witness");
    open(crew, supervisor, all.toArray(String[]::new));
    crew.answer(STATUS, supervisor::status).forEach(tab -> before.put(tab.name(), tab.pid()));
    all.forEach(name -> answers(crew, supervisor, name, "hello"));

    for (String how : crashes) {
      Step<String> last = patientRequest(crew, supervisor, how, how);
      last.fails(IOException.class, "the process of its tab ended (" + how + ")");
      answers(crew, supervisor, "witness", "after " + how);
    }

    settles(
        crew,
        supervisor,
        tabs ->
            tabs.stream()
                .allMatch(
                    t ->
                        t.state() == State.RUNNING
                            && (t.name().equals("witness") == (t.pid() == before.get(t.name())))),
        "each crashed tab should be running again in a new process, and the other in its old one");
    crashes.forEach(name -> answers(crew, supervisor, name, "back again"));
    crew.does("close()", () -> supervisor.close()).finishes("its processes can be ended");
    crew.leavesNoProcess("close()");
  }

  // Crashes

  @CheckId(value = "T5", points = 2)
  @Test
  void a_crashed_tab_comes_back_after_its_back_off_and_not_before(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail");

    crash(crew, "mail");

    expect(crew, supervisor, List.of(down("mail", State.BACKOFF, 0)), "its process ended");
    request(crew, supervisor, "mail", "hello").fails(IOException.class, "its tab is not running");
    advance(crew, BACKOFF.minusMillis(1));
    crew.untilStillOr(() -> processes.starts("mail") > 1);
    expect(
        crew, supervisor, List.of(down("mail", State.BACKOFF, 0)), "its back-off is not over yet");
    advance(crew, Duration.ofMillis(1));
    expect(crew, supervisor, List.of(running("mail", 1_002, 1)), "its back-off is over");
    answers(crew, supervisor, "mail", "hello");
    if (processes.starts("mail") != 2) {
      throw wrong("a tab crashed once, and its process was not started twice in all", "mail");
    }
  }

  @CheckId(value = "T6", points = 2)
  @Test
  void a_tab_that_crashes_again_and_again_is_given_up(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail", "news");
    for (int restarts = 0; restarts < 2; restarts++) {
      crash(crew, "mail");
      settlesTo(crew, supervisor, "mail", State.BACKOFF, "its process ended");
      advance(crew, BACKOFF);
      settlesTo(crew, supervisor, "mail", State.RUNNING, "its back-off is over");
    }

    crash(crew, "mail");

    settlesTo(
        crew, supervisor, "mail", State.GIVEN_UP, "it had two restarts within the last seconds");
    advance(crew, Duration.ofHours(1));
    crew.untilStillOr(() -> processes.starts("mail") > 3);
    settlesTo(crew, supervisor, "mail", State.GIVEN_UP, "nobody has opened it again");
    if (processes.starts("mail") != 3) {
      throw wrong("a tab may be restarted twice, and its process was not started three times in all", "mail");
    }
    request(crew, supervisor, "mail", "hello").fails(IOException.class, "its tab was given up");
    answers(crew, supervisor, "news", "hello");
    open(crew, supervisor, "mail");
    answers(crew, supervisor, "mail", "hello");
  }

  @CheckId(value = "T7", points = 2)
  @Test
  void old_restarts_and_those_of_other_tabs_do_not_count(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail", "news");
    for (int round = 1; round <= 2; round++) {
      for (String name : List.of("mail", "mail", "news", "news")) {
        crash(crew, name);
        settlesTo(
            crew,
            supervisor,
            name,
            State.BACKOFF,
            "it had fewer than two restarts within the last seconds");
        advance(crew, BACKOFF);
        settlesTo(crew, supervisor, name, State.RUNNING, "its back-off is over");
      }
      advance(crew, WINDOW.plusNanos(1));
    }
  }

  @CheckId(value = "T8", points = 2)
  @Test
  void who_waits_for_an_answer_is_told_that_none_will_come(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail");
    FakeTab mail = processes.last("mail").silent();
    Step<String> first = request(crew, supervisor, "mail", "first");
    crew.untilWaiting(first, "the tab's process has not answered yet");
    Step<String> second = request(crew, supervisor, "mail", "second");
    crew.untilWaiting(second, "the tab's process has not answered yet");

    happens(crew, "the process ends", mail::end);

    first.fails(IOException.class, "its tab's process ended before it had answered");
    second.fails(IOException.class, "its tab's process ended before it had answered");
  }

  @CheckId(value = "T9", points = 2)
  @Test
  void who_does_not_answer_in_time_is_killed(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail");
    FakeTab mail = processes.last("mail").silent();
    Step<String> hanging = request(crew, supervisor, "mail", "hello");
    crew.untilWaiting(hanging, "its tab does not answer, and its limit is not over");

    advance(crew, LIMIT);

    hanging.fails(TimeoutException.class, "its limit is over and its tab has not answered");
    crew.until(() -> !mail.isAlive(), "a tab did not answer in time, and its process was not killed");
    settlesTo(crew, supervisor, "mail", State.BACKOFF, "its process was killed, and that is a crash");
    advance(crew, BACKOFF);
    expect(crew, supervisor, List.of(running("mail", 1_002, 1)), "its back-off is over");
    answers(crew, supervisor, "mail", "back again");
  }

  @CheckId("T10")
  @Test
  void the_limit_of_an_answered_request_means_nothing_any_more(Crew crew) {
    isForgotten(crew, supervisor(crew));
    isForgotten(crew, supervisor(crew, POLICY, true));
  }

  private void isForgotten(Crew crew, TabSupervisor supervisor) {
    open(crew, supervisor, "mail");
    same("mail:hello", request(crew, supervisor, "mail", "hello").finishes(ANSWERED));

    advance(crew, LIMIT);
    crew.untilStillOr(() -> !processes.last("mail").isAlive());

    expect(crew, supervisor, List.of(running("mail", 1_001, 0)), "it has answered in time");
    answers(crew, supervisor, "mail", "hello");
  }

  @CheckId(value = "T11", points = 2)
  @Test
  void what_cannot_be_read_or_started_is_a_crash_and_no_end(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    for (Exception how : List.of(new IOException("torn"), new IllegalStateException("garbage"))) {
      String name = how.getMessage();
      open(crew, supervisor, name);
      FakeTab babbling = processes.last(name).silent();
      Step<String> asking = request(crew, supervisor, name, "hello");
      crew.untilWaiting(asking, "its tab does not answer");

      happens(crew, "the process says what cannot be read", () -> babbling.babble(how));

      asking.fails(IOException.class, "its tab says what cannot be read: receive() threw");
      crew.until(() -> !babbling.isAlive(), "what cannot be read should be killed, it still runs");
      settlesTo(crew, supervisor, name, State.BACKOFF, "it said what cannot be read");
      processes.refuse(1);
      passes(crew, BACKOFF);
      settlesTo(crew, supervisor, name, State.BACKOFF, "its process could not be started again");
      passes(crew, BACKOFF);
      settlesTo(crew, supervisor, name, State.RUNNING, "its process could be started this time");
      answers(crew, supervisor, name, "back again");
    }
  }

  @CheckId(value = "T16", points = 2)
  @Test
  void a_start_that_fails_is_a_restart_followed_by_a_crash(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail", "news");
    processes.refuse(1_000);
    crash(crew, "mail");
    for (int restarts = 0; restarts < 2; restarts++) {
      expect(
          crew,
          supervisor,
          List.of(down("mail", State.BACKOFF, restarts), running("news", 1_002, 0)),
          "it had fewer than two restarts, all of them in vain");
      passes(crew, BACKOFF);
    }
    expect(
        crew,
        supervisor,
        List.of(down("mail", State.GIVEN_UP, 2), running("news", 1_002, 0)),
        "it had two restarts within the window, both in vain");

    passes(crew, WINDOW.multipliedBy(2));

    if (processes.refused() != 2) {
      throw wrong("a tab may be restarted twice, and was started another number of times", "mail");
    }
    answers(crew, supervisor, "news", "hello");
  }

  @CheckId(value = "T17", points = 2)
  @Test
  void a_process_that_dies_late_harms_nobody(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail", "news");
    FakeTab slow = processes.last("mail").slowToDie();
    Step<String> first = silentRequest(crew, supervisor, "mail");
    Step<String> other = silentRequest(crew, supervisor, "news");

    passes(crew, LIMIT);

    other.fails(TimeoutException.class, "its limit is over, and another tab's process still lives");
    settlesTo(crew, supervisor, "news", State.BACKOFF, "its process was killed: a crash");
    passes(crew, BACKOFF);
    settlesTo(crew, supervisor, "news", State.RUNNING, "its back-off is over");
    List<Step<String>> asking = new ArrayList<>();
    if (processes.starts("mail") == 2) {
      // A crash is when the process is killed, and its successor runs already.
      asking.add(silentRequest(crew, supervisor, "mail"));
    }

    happens(crew, "the first process of the tab ends at last", slow::end);
    first.fails(TimeoutException.class, "its limit is over and its tab has not answered");
    crew.untilStillOr(() -> processes.starts("mail") == 1 && wasSet(BACKOFF));

    if (asking.isEmpty()) {
      settlesTo(crew, supervisor, "mail", State.BACKOFF, "its process was killed and has ended");
      passes(crew, BACKOFF);
    }
    settles(
        crew,
        supervisor,
        all -> all.contains(running("mail", processes.last("mail").pid(), 1)),
        "tab mail should be RUNNING because it has crashed once and its back-off is over");
    happens(crew, "the process answers", () -> processes.last("mail").answerAll());
    asking.forEach(step -> same("mail:hello", step.finishes(ANSWERED)));
    answers(crew, supervisor, "mail", "back again");
    passes(crew, BACKOFF);
    if (processes.starts("mail") != 2) {
      throw wrong("a tab crashed once, and its process was not started twice in all", "mail");
    }
  }

  @CheckId(value = "T18", points = 2)
  @Test
  void a_restart_one_window_ago_still_counts(Crew crew) {
    for (Duration more : List.of(Duration.ZERO, Duration.ofNanos(1))) {
      TabSupervisor supervisor = supervisor(crew, new RestartPolicy(1, WINDOW, BACKOFF), false);
      open(crew, supervisor, "mail");
      crash(crew, "mail");
      settlesTo(crew, supervisor, "mail", State.BACKOFF, "it has crashed for the first time");
      passes(crew, BACKOFF);
      settlesTo(crew, supervisor, "mail", State.RUNNING, "its back-off is over");
      passes(crew, WINDOW.plus(more));

      crash(crew, "mail");

      if (more.isZero()) {
        String because = "its only restart is exactly one window old, and not older";
        settlesTo(crew, supervisor, "mail", State.GIVEN_UP, because);
      } else {
        String because = "its only restart is older than the window";
        settlesTo(crew, supervisor, "mail", State.BACKOFF, because);
      }
    }
    TabSupervisor never = supervisor(crew, new RestartPolicy(0, WINDOW, BACKOFF), false);
    open(crew, never, "mail");
    crash(crew, "mail");
    settlesTo(crew, never, "mail", State.GIVEN_UP, "no restart is allowed at all");
  }

  // Answers

  @CheckId(value = "T19", points = 2)
  @Test
  void what_a_process_has_answered_is_not_lost_with_it(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail");
    FakeTab mail = processes.last("mail").unreadable();
    Step<String> answered = silentRequest(crew, supervisor, "mail");
    Step<String> lost = silentRequest(crew, supervisor, "mail");

    happens(crew, "the process answers one question", mail::answerOne);
    crash(crew, "mail");
    crew.untilStillOr(answered::isOver);
    happens(crew, "the answer can be read", mail::readable);

    same("mail:hello", answered.finishes("its process answered before it ended"));
    lost.fails(IOException.class, "its tab's process ended before it had answered");
    processes.next("mail", Birth.STILLBORN);
    passes(crew, BACKOFF);
    String because = "the process ended as soon as it was started, which is a crash";
    expect(crew, supervisor, List.of(down("mail", State.BACKOFF, 1)), because);
    passes(crew, BACKOFF);
    expect(crew, supervisor, List.of(running("mail", 1_003, 2)), "its back-off is over");
    answers(crew, supervisor, "mail", "back again");
  }

  @CheckId(value = "T20", points = 2)
  @Test
  void who_is_interrupted_leaves_its_answer_to_nobody(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail");
    FakeTab mail = processes.last("mail").silent();
    Step<String> first = request(crew, supervisor, "mail", "first");
    crew.untilWaiting(first, "the tab's process has not answered yet");
    Step<String> second = request(crew, supervisor, "mail", "second");
    crew.untilWaiting(second, "the tab's process has not answered yet");

    first.interrupt().fails(InterruptedException.class, "it was interrupted while it waited");

    happens(crew, "the process answers in order", mail::answerAll);
    second.awaitEnd("the tab's process has answered or was killed");
    if (second.thrown().isEmpty()) {
      same("mail:second", second.finishes(ANSWERED));
    } else {
      second.fails(IOException.class, "the process was killed when the first one was interrupted");
    }
  }

  @CheckId(value = "T21", points = 2)
  @Test
  void each_question_has_a_limit_of_its_own(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail", "news");
    processes.last("mail").silent();
    processes.last("news").deaf();
    for (String name : List.of("mail", "news")) {
      Step<String> patient = patientRequest(crew, supervisor, name, "first");
      crew.untilWaiting(patient, "its tab does not answer, and its limit is not over");
      Step<String> hasty = request(crew, supervisor, name, "second");
      crew.untilWaiting(hasty, "its tab does not answer, and its limit is not over");

      passes(crew, LIMIT.minusNanos(1));
      crew.untilWaiting(hasty, "its tab does not answer, and its limit is not over");
      passes(crew, Duration.ofNanos(1));

      hasty.fails(TimeoutException.class, "its limit is over, though another one's is not");
      patient.fails(IOException.class, "its tab's process was killed, and its limit is not over");
    }
  }

  // Closing

  @CheckId(value = "T12", points = 2)
  @Test
  void a_closed_tab_stays_closed(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail", "news", "maps");
    crash(crew, "news");
    settlesTo(crew, supervisor, "news", State.BACKOFF, "its process ended");
    Step<String> asking = silentRequest(crew, supervisor, "mail");

    closed(crew, supervisor, "mail");
    closed(crew, supervisor, "news");

    asking.fails(IOException.class, "its tab was closed");
    if (processes.last("mail").isAlive()) {
      throw Failure.of(
          Kind.LEAK,
          "the process of a tab still ran although close(name) had returned",
          Students.lineOf("close(name)"),
          List.of());
    }
    advance(crew, Duration.ofHours(1));
    crew.untilStillOr(() -> processes.starts("mail") + processes.starts("news") > 2);
    expect(
        crew,
        supervisor,
        List.of(
            down("mail", State.CLOSED, 0),
            down("news", State.CLOSED, 0),
            running("maps", 1_003, 0)),
        "two tabs were closed");
    open(crew, supervisor, "mail");
    answers(crew, supervisor, "mail", "hello");
    expect(
        crew,
        supervisor,
        List.of(
            down("news", State.CLOSED, 0), running("maps", 1_003, 0), running("mail", 1_004, 0)),
        "a closed tab was opened again, as a new one: it was opened last");
  }

  @CheckId(value = "T22", points = 2)
  @Test
  void close_of_a_tab_waits_for_the_end_of_its_process(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    for (boolean timedOut : List.of(false, true)) {
      open(crew, supervisor, "mail", "news");
      FakeTab slow = processes.last("mail").slowToDie();
      if (timedOut) {
        silentRequest(crew, supervisor, "mail");
        passes(crew, LIMIT);
      }

      Step<Void> closing = crew.does("close(name)", () -> supervisor.close("mail"));
      staysUntilTheEnd(crew, closing);
      staysUntilTheEnd(crew, closing.interrupt());
      staysUntilTheEnd(crew, crew.does("close(name)", () -> supervisor.close("mail")));
      answers(crew, supervisor, "news", "hello");
      happens(crew, "the process ends at last", slow::end);

      closing.finishes("the process has ended");
      closed(crew, supervisor, "mail");
      closed(crew, supervisor, "news");
      passes(crew, Duration.ofHours(1));
      expect(
          crew,
          supervisor,
          List.of(down("mail", State.CLOSED, 0), down("news", State.CLOSED, 0)),
          "both tabs were closed");
    }
  }

  private static void staysUntilTheEnd(Crew crew, Step<Void> closing) {
    crew.untilWaitingOrOver(closing);
    if (closing.isOver()) {
      closing.finishes("its process can be ended");
      throw Failure.of(
          Kind.LEAK,
          closing.call() + " returned although a process that was killed was not dead yet",
          Students.lineOf(closing.call()),
          List.of());
    }
  }

  @CheckId(value = "T23", points = 2)
  @Test
  void a_tab_inherits_nothing_from_a_closed_one_of_its_name(Crew crew) {
    TabSupervisor supervisor = supervisor(crew, POLICY, true);
    open(crew, supervisor, "mail");
    for (int restarts = 0; restarts < 2; restarts++) {
      crash(crew, "mail");
      settlesTo(crew, supervisor, "mail", State.BACKOFF, "its process ended");
      passes(crew, BACKOFF);
      settlesTo(crew, supervisor, "mail", State.RUNNING, "its back-off is over");
    }
    closed(crew, supervisor, "mail");
    open(crew, supervisor, "mail");
    crash(crew, "mail");
    String because = "it is a new tab that has had no restart";
    expect(crew, supervisor, List.of(down("mail", State.BACKOFF, 0)), because);

    // The alarms of those that were closed while they backed off ring all the same.
    passes(crew, BACKOFF.dividedBy(2));
    closed(crew, supervisor, "mail");
    open(crew, supervisor, "mail");
    crash(crew, "mail");
    expect(crew, supervisor, List.of(down("mail", State.BACKOFF, 0)), because);
    passes(crew, BACKOFF.dividedBy(2));

    because = "the back-off that is over was that of a closed tab of this name";
    expect(crew, supervisor, List.of(down("mail", State.BACKOFF, 0)), because);
    closed(crew, supervisor, "mail");
    passes(crew, Duration.ofHours(1));
    expect(crew, supervisor, List.of(down("mail", State.CLOSED, 0)), "it was closed");
    if (processes.alive() > 0) {
      throw wrong("a process was started for a tab that was closed while it backed off", "mail");
    }
  }

  @CheckId(value = "T24", points = 2)
  @Test
  void what_is_being_started_is_closed_as_well(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail");
    crash(crew, "mail");
    settlesTo(crew, supervisor, "mail", State.BACKOFF, "its process ended");
    processes.holdStarts();
    Step<Void> ringing = crew.does("the clock moves on", () -> clock.advance(BACKOFF));
    crew.until(() -> processes.underWay() == 1, "its back-off is over, and it is not started");
    Step<Void> closing = crew.does("close(name)", () -> supervisor.close("mail"));
    crew.untilWaitingOrOver(closing);
    processes.letStart();
    ringing.finishes("the process could be started");
    nothingIsLeft(crew, closing);
    // Whether a restart counts that was ended on its way is left open.
    settles(
        crew,
        supervisor,
        all -> all.size() == 1 && all.get(0).state() == State.CLOSED && all.get(0).pid() == 0,
        "tab mail should be CLOSED because it was closed");

    processes.holdStarts();
    Step<Void> opening = crew.does(OPEN, () -> supervisor.open("news"));
    crew.until(() -> processes.underWay() == 1, "a tab is opened, and its process is not started");
    Step<Void> all = crew.does("close()", supervisor::close);
    crew.untilWaitingOrOver(all);
    processes.letStart();
    opening.awaitEnd("its process was started");
    if (opening.thrown().isPresent()) {
      opening.fails(IllegalStateException.class, "the supervisor was closed");
    }
    nothingIsLeft(crew, all);
  }

  @CheckId(value = "T25", points = 2)
  @Test
  void close_of_a_tab_waits_for_all_its_processes(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail", "news");
    FakeTab slow = processes.last("mail").slowToDie();
    Step<String> asking = silentRequest(crew, supervisor, "mail");
    passes(crew, LIMIT);
    // If a crash is when a process is killed, its successor runs from now on.
    passes(crew, BACKOFF);

    Step<Void> closing = crew.does("close(name)", () -> supervisor.close("mail"));
    staysUntilTheEnd(crew, closing);
    Step<Void> all = crew.does("close()", supervisor::close);
    staysUntilTheEnd(crew, all);
    happens(crew, "the first process of the tab ends at last", slow::end);

    // Who reads what a process says may be held up until it has ended.
    asking.fails(TimeoutException.class, "its limit is over and its tab has not answered");
    closing.finishes("all processes of the tab have ended");
    all.finishes("all processes have ended");
    crew.untilStillOr(() -> processes.alive() == 0);
    if (processes.alive() > 0) {
      throw wrong("every tab is closed, and a process still runs", "mail");
    }
    crew.leavesNothing("close()");
  }

  private void nothingIsLeft(Crew crew, Step<Void> closing) {
    closing.finishes("every process can be ended");
    crew.untilStillOr(() -> processes.alive() == 0);
    if (processes.alive() > 0) {
      throw Failure.of(
          Kind.LEAK,
          "a process that was being started when " + closing.call() + " was called was never ended",
          Students.lineOf(closing.call()),
          List.of());
    }
  }

  @CheckId(value = "T13", points = 2)
  @Test
  void close_ends_every_process_and_waits_for_it(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail", "news", "maps");
    FakeTab slow = processes.last("maps").slowToDie();

    Step<Void> closing = crew.does("close()", supervisor::close);
    staysUntilTheEnd(crew, closing);
    staysUntilTheEnd(crew, closing.interrupt());
    Step<Void> again = crew.does("close()", supervisor::close);
    staysUntilTheEnd(crew, again);
    happens(crew, "the last process ends", slow::end);
    again.finishes("every process has ended");

    closing.finishes("every process has ended");
    for (String name : List.of("mail", "news", "maps")) {
      if (!processes.last(name).isKilled()) {
        throw Failure.of(
            Kind.LEAK,
            "close() returned, and the process of tab " + name + " was never killed",
            Students.lineOf("close()"),
            List.of());
      }
    }
    crew.does(OPEN, () -> supervisor.open("more"))
        .fails(IllegalStateException.class, "the supervisor is closed");
    crew.leavesNothing("close()");
  }

  // All together

  /** Something that happens to a tab. */
  enum Event {
    OPEN,
    CRASH,
    ASK,
    ANSWER,
    BABBLE,
    THE_NEXT_START_FAILS,
    THE_NEXT_PROCESS_ENDS_AT_ONCE,
    CLOSE,
    PASS_A_SECOND,
    PASS_A_WINDOW
  }

  record Happening(Event event, String tab) {
    @Override
    public String toString() {
      return event + " " + tab;
    }
  }

  @Provide
  Arbitrary<List<Happening>> happenings() {
    Arbitrary<Event> events =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(Event.OPEN)),
            Tuple.of(3, Arbitraries.just(Event.CRASH)),
            Tuple.of(2, Arbitraries.just(Event.ASK)),
            Tuple.of(4, Arbitraries.just(Event.PASS_A_SECOND)),
            Tuple.of(4, Arbitraries.of(Event.class)));
    return Combinators.combine(events, Arbitraries.of("a", "b"))
        .as(Happening::new)
        .list()
        .ofMinSize(4)
        .ofMaxSize(16);
  }

  /** A question that was asked, and what should become of it. */
  private record Asked(Step<String> step, String answer, Model.Question wanted) {}

  @CheckId(value = "P1", points = 2)
  @Property(tries = 20)
  void tabs_fare_by_the_rules_whatever_happens(
      @ForAll("happenings") List<Happening> happenings, @ForAll boolean ringsAnyway, Crew crew) {
    TabSupervisor supervisor = supervisor(crew, POLICY, ringsAnyway);
    Model model = new Model(POLICY);
    List<Asked> questions = new ArrayList<>();
    List<Happening> all = new ArrayList<>(List.of(new Happening(Event.OPEN, "a")));
    all.addAll(happenings);
    for (Happening next : all) {
      play(crew, supervisor, model, next, questions);
      fares(crew, supervisor, model, next);
      questions.removeIf(TabSupervisorTest::isSettled);
    }
  }

  /** What has happened is known to the supervisor, and nothing that was started is left. */
  private void fares(Crew crew, TabSupervisor supervisor, Model model, Happening last) {
    String otherwise =
        "status() should tell: %s because of what has happened so far, last of all: %s"
            .formatted(model, last);
    settles(crew, supervisor, all -> all.equals(model.status(processes)), otherwise);
    crew.until(
        () -> processes.alive() == model.running(),
        "each tab that is RUNNING should have one process, and the others none");
    crew.untilStillOr(() -> model.restarts().stream().allMatch(alarms::wasSetFor));
  }

  private static boolean isSettled(Asked asked) {
    switch (asked.wanted().fate()) {
      case OPEN -> {
        return false;
      }
      case ANSWERED -> same(asked.answer(), asked.step().finishes(ANSWERED));
      case TIMED_OUT -> asked.step().fails(TimeoutException.class, "its limit is over");
      case LOST -> asked.step().fails(IOException.class, "its tab's process has ended");
      default -> {
        asked.step().awaitEnd("its limit is over");
        if (!(asked.step().thrown().orElse(null) instanceof IOException)) {
          asked.step().fails(TimeoutException.class, "its limit is over");
        }
      }
    }
    return true;
  }

  private void play(
      Crew crew,
      TabSupervisor supervisor,
      Model model,
      Happening next,
      List<Asked> questions) {
    String tab = next.tab();
    switch (next.event()) {
      case OPEN -> {
        Step<Void> open = crew.does(OPEN, () -> supervisor.open(tab));
        if (model.isAlive(tab)) {
          open.fails(IllegalArgumentException.class, "there is such a tab");
        } else if (model.open(tab)) {
          open.finishes("its process can be started");
        } else {
          open.fails(IOException.class, "its process cannot be started");
        }
      }
      case CRASH -> {
        if (model.isRunning(tab)) {
          crash(crew, tab);
          model.crash(tab);
        }
      }
      case ASK -> {
        if (model.isRunning(tab)) {
          processes.last(tab).silent();
          String line = "question " + questions.size();
          Step<String> step = request(crew, supervisor, tab, line);
          crew.untilWaiting(step, "its tab does not answer, and its limit is not over");
          questions.add(new Asked(step, tab + ":" + line, model.ask(tab, LIMIT)));
        } else {
          request(crew, supervisor, tab, "hello").fails(IOException.class, "it is not running");
        }
      }
      case ANSWER -> {
        if (model.isRunning(tab) && processes.last(tab).unanswered() > 0) {
          happens(crew, "the process answers a question", processes.last(tab)::answerOne);
          model.answerOne(tab);
        }
      }
      case BABBLE -> {
        // A program that reads only when somebody asks does not hear it otherwise.
        if (model.isRunning(tab) && processes.last(tab).unanswered() > 0) {
          IOException torn = new IOException("torn");
          happens(crew, "what comes is no line", () -> processes.last(tab).babble(torn));
          model.crash(tab);
        }
      }
      case THE_NEXT_START_FAILS -> {
        processes.next(tab, Birth.REFUSED);
        model.next(tab, Birth.REFUSED);
      }
      case THE_NEXT_PROCESS_ENDS_AT_ONCE -> {
        processes.next(tab, Birth.STILLBORN);
        model.next(tab, Birth.STILLBORN);
      }
      case CLOSE -> {
        closed(crew, supervisor, tab);
        model.close(tab);
      }
      case PASS_A_SECOND -> passes(crew, supervisor, model, BACKOFF, next);
      default -> passes(crew, supervisor, model, WINDOW, next);
    }
  }

  /** From alarm to alarm: a thread that an alarm has set going reads the clock as well. */
  private void passes(
      Crew crew, TabSupervisor supervisor, Model model, Duration time, Happening event) {
    long end = model.now() + time.toNanos();
    while (model.now() < end) {
      long next = Math.min(end, model.nextDue().orElse(end));
      advance(crew, Duration.ofNanos(next - model.now()));
      model.advanceTo(next);
      fares(crew, supervisor, model, event);
    }
  }

  @CheckId(value = "T15", points = 2)
  @Test
  void a_tab_that_does_not_even_read_holds_nobody_up(Crew crew) {
    TabSupervisor supervisor = supervisor(crew);
    open(crew, supervisor, "mail", "news", "maps");
    FakeTab mail = processes.last("mail").deaf();
    Step<String> hanging = request(crew, supervisor, "mail", "hello");
    crew.untilWaiting(hanging, "its tab does not read, and its limit is not over");

    Step<String> other = request(crew, supervisor, "news", "hello");
    same("news:hello", other.finishes("another tab does not read, and this one has answered"));
    crew.asks(STATUS, supervisor::status).finishes("whoever does not read is not asked");

    advance(crew, LIMIT);
    hanging.fails(TimeoutException.class, "its limit is over and its tab has not even read");
    crew.until(() -> !mail.isAlive(), "a tab did not read, its limit is over, and it still runs");
    settlesTo(crew, supervisor, "mail", State.BACKOFF, "its process was killed, and that is a crash");

    processes.last("maps").deaf();
    Step<String> asking = request(crew, supervisor, "maps", "hello");
    crew.untilWaiting(asking, "its tab does not read, and its limit is not over");
    closed(crew, supervisor, "maps");
    asking.fails(IOException.class, "its tab was closed");
    crew.does("close()", supervisor::close).finishes("its processes can be ended");
    crew.leavesNothing("close()");
  }

  @CheckId("T14")
  @Test
  void nobody_sleeps_or_polls(Crew crew) {
    supervisor(crew);

    Structure.of(TabSupervisor.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .mustNotUse(
            ProcessBuilder.class,
            ProcessHandle.class,
            Timer.class,
            ScheduledExecutorService.class,
            ScheduledThreadPoolExecutor.class,
            TimeUnit.class)
        .mustNotCall(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.util.concurrent.CompletableFuture.orTimeout",
            "java.util.concurrent.CompletableFuture.completeOnTimeout",
            "java.util.concurrent.CompletableFuture.delayedExecutor")
        .holds();
  }

  // How it is asked and judged

  private TabSupervisor supervisor(Crew crew) {
    return supervisor(crew, POLICY, false);
  }

  private TabSupervisor supervisor(Crew crew, RestartPolicy policy, boolean ringsInAnyCase) {
    // All tries of a property share the object that they are called on.
    processes = new FakeTabs();
    clock = new ManualClock();
    FakeTabs factory = processes;
    alarms = new WatchedClock(clock, ringsInAnyCase);
    WatchedClock time = alarms;
    return crew.make(
        "new TabSupervisor(factory, policy, clock)",
        () -> new TabSupervisor(factory, policy, time));
  }

  private static void open(Crew crew, TabSupervisor supervisor, String... names) {
    for (String name : names) {
      crew.does(OPEN, () -> supervisor.open(name)).finishes("its process can be started");
    }
  }

  private static void closed(Crew crew, TabSupervisor supervisor, String name) {
    crew.does("close(name)", () -> supervisor.close(name)).finishes("its process can be ended");
  }

  private static Step<String> request(
      Crew crew, TabSupervisor supervisor, String name, String line) {
    return crew.asks(REQUEST, () -> supervisor.request(name, line, LIMIT));
  }

  /** By a real clock, whose limit no right program comes near. */
  private static Step<String> patientRequest(
      Crew crew, TabSupervisor supervisor, String name, String line) {
    return crew.asks(REQUEST, () -> supervisor.request(name, line, Duration.ofMinutes(2)));
  }

  private Step<String> silentRequest(Crew crew, TabSupervisor supervisor, String name) {
    processes.last(name).silent();
    Step<String> asking = request(crew, supervisor, name, "hello");
    crew.untilWaiting(asking, "its tab does not answer, and its limit is not over");
    return asking;
  }

  private static void answers(Crew crew, TabSupervisor supervisor, String name, String line) {
    crew.childrenWaitForNoClock();
    same(name + ":" + line, patientRequest(crew, supervisor, name, line).finishes(ANSWERED));
  }

  /** On a thread of its own: whatever the student's code has hung on it may run there. */
  private static void happens(Crew crew, String event, Runnable cause) {
    crew.does(event, cause::run).finishes("it is no call of yours");
  }

  private void crash(Crew crew, String name) {
    happens(crew, "the process of tab " + name + " ends", processes.last(name)::end);
  }

  private void advance(Crew crew, Duration time) {
    happens(crew, "the clock moves on and alarms ring", () -> clock.advance(time));
  }

  /** As {@link #advance}, and lets all that has begun by it come to rest. */
  private void passes(Crew crew, Duration time) {
    advance(crew, time);
    crew.untilStillOr(() -> false);
  }

  /** Whether an alarm was set to ring so much later than now. */
  private boolean wasSet(Duration later) {
    return alarms.wasSetFor(clock.nanos() + later.toNanos());
  }

  private static void expect(
      Crew crew, TabSupervisor supervisor, List<TabStatus> wanted, String because) {
    settles(
        crew, supervisor, wanted::equals, "status() should be " + wanted + " because " + because);
  }

  private static void settlesTo(
      Crew crew, TabSupervisor supervisor, String name, State state, String because) {
    settles(
        crew,
        supervisor,
        all -> all.stream().anyMatch(t -> t.name().equals(name) && t.state() == state),
        "tab %s should be %s because %s".formatted(name, state, because));
  }

  private static void settles(
      Crew crew, TabSupervisor supervisor, Predicate<List<TabStatus>> wanted, String otherwise) {
    crew.settles(STATUS, supervisor::status, wanted, otherwise);
  }

  private static TabStatus running(String name, long pid, int restarts) {
    return new TabStatus(name, State.RUNNING, pid, restarts);
  }

  private static TabStatus down(String name, State state, int restarts) {
    return new TabStatus(name, state, 0, restarts);
  }

  private static void same(String wanted, String answer) {
    if (!wanted.equals(answer)) {
      throw Failure.of(
          Kind.CONTRACT,
          "request returned another answer than that of the tab's process",
          Students.lineOf(REQUEST),
          List.of("the answer was " + wanted + ", returned: " + answer));
    }
  }

  private Failure wrong(String sentence, String name) {
    return Failure.of(
        Kind.CONTRACT,
        sentence,
        Students.lineOf(OPEN),
        List.of("started: " + processes.starts(name) + " times"));
  }
}

package scaling.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scaling.cluster.FakeServer.Manner;
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

/** What a cluster of server processes promises to its clients. */
@Contract
class ClusterTest {
  private static final String ASK = "a request at the front door";
  private static final String ACQUIRE = "acquire(except)";
  private static final String START = "start()";
  private static final String SCALE = "scaleTo(backends)";
  private static final String IDLE = "awaitIdle(backend)";
  private static final String REPLACE = "replaceAll(newer)";
  private static final String STATUS = "status()";
  private static final String REPLIED = "a backend replied";
  private static final String ELSEWHERE = "a connection to another address";
  private static final int SILENT_CLIENTS = 150;

  private FakeServers servers = new FakeServers(100);
  private FakeServers newer = new FakeServers(200);
  private ManualClock clock = new ManualClock();
  private final List<Cluster> clusters = new ArrayList<>();

  @AfterEach
  @AfterTry
  void endWhatIsLeft() throws InterruptedException {
    // An open front door would keep its thread, and cost the next check a new JVM.
    Thread closing = FakeServers.thread(() -> clusters.forEach(Cluster::close));
    closing.start();
    closing.join(1_000);
    servers.endAll();
    newer.endAll();
    Processes.endAll();
  }

  // Whose turn it is

  @CheckId(value = "B1", points = 2)
  @Property(tries = 25)
  void backends_are_chosen_by_the_policy(
      @ForAll Policy policy,
      @ForAll @Size(max = 14) List<@IntRange(min = 0, max = 6) Integer> operations,
      Crew crew) {
    Balancer<String> balancer = crew.make("new Balancer(policy)", () -> new Balancer<>(policy));
    crew.does(ACQUIRE, () -> play(balancer, policy, operations)).finishes("nobody waits for it");
  }

  /** The numbers 0 to 3 ask for a backend, 4 to 6 let one go. */
  private static void play(Balancer<String> balancer, Policy policy, List<Integer> operations) {
    Map<String, Integer> chosen = new TreeMap<>(Map.of("a", 0, "b", 0, "c", 0));
    Map<String, Integer> busy = new TreeMap<>(chosen);
    chosen.keySet().forEach(balancer::add);
    for (int operation : operations) {
      String name = operation < 4 ? balancer.acquire(Set.of()) : "abc".charAt(operation - 4) + "";
      mustBeOneOf(name, chosen.keySet());
      if (operation < 4) {
        if (policy == Policy.LEAST_CONNECTIONS && !busy.get(name).equals(least(busy))) {
          String sentence = "acquire(except) chose a backend with more in flight than another one";
          throw wrong(ACQUIRE, sentence, "chosen: " + name + ", in flight: " + busy);
        }
        chosen.merge(name, 1, Integer::sum);
        busy.merge(name, 1, Integer::sum);
      } else if (busy.get(name) > 0) {
        balancer.release(name);
        busy.merge(name, -1, Integer::sum);
      }
      for (String each : busy.keySet()) {
        if (balancer.inFlight(each) != busy.get(each)) {
          int found = balancer.inFlight(each);
          String sentence = "inFlight(backend) does not give what was acquired and not released";
          throw wrong("inFlight(backend)", sentence, each + ": " + found + ", in flight: " + busy);
        }
      }
      int most = chosen.values().stream().max(Integer::compare).orElseThrow();
      if (policy == Policy.ROUND_ROBIN && most - least(chosen) > 1) {
        String sentence = "round robin chooses all equally often, give or take one; it did not";
        throw wrong(ACQUIRE, sentence, "chosen: " + chosen);
      }
    }
  }

  @CheckId("B2")
  @Test
  void who_is_not_wanted_or_not_there_is_not_chosen(Crew crew) {
    for (Policy policy : Policy.values()) {
      choosesAmongTheOthers(
          crew, crew.make("new Balancer(policy)", () -> new Balancer<>(policy)));
    }
  }

  private static void choosesAmongTheOthers(Crew crew, Balancer<String> balancer) {
    expect(crew, balancer, Set.of(), Set.of(), "nobody was added");
    for (String name : List.of("a", "b", "c")) {
      crew.done("add(backend)", () -> balancer.add(name));
    }
    for (int i = 0; i < 3; i++) {
      expect(crew, balancer, Set.of("a"), Set.of("b", "c"), "a is not wanted");
    }
    expect(crew, balancer, Set.of("a", "c"), Set.of("b"), "a and c are not wanted");
    expect(crew, balancer, Set.of("a", "b", "c"), Set.of(), "nobody is wanted");
    crew.done("remove(backend)", () -> balancer.remove("b"));
    for (int i = 0; i < 3; i++) {
      expect(crew, balancer, Set.of(), Set.of("a", "c"), "b was removed");
    }
    int found = crew.answer("inFlight(backend)", () -> balancer.inFlight("b"));
    if (found < 1) {
      throw wrong("inFlight(backend)", "b was removed with requests in flight, and they are gone");
    }
  }

  @CheckId(value = "B3", points = 2)
  @Test
  void what_is_in_flight_is_counted_wherever_its_backend_is(Crew crew) {
    Balancer<String> balancer =
        crew.make("new Balancer(policy)", () -> new Balancer<>(Policy.LEAST_CONNECTIONS));
    crew.does(IDLE, () -> balancer.awaitIdle("a")).finishes("nobody has chosen a yet");
    crew.done("add(backend)", () -> balancer.add("a"));
    crew.does(IDLE, () -> balancer.awaitIdle("a")).finishes("nobody has chosen a yet");
    for (int i = 0; i < 2; i++) {
      expect(crew, balancer, Set.of(), Set.of("a"), "a is the only one");
    }
    Step<Void> given = crew.does(IDLE, () -> balancer.awaitIdle("a"));
    given.blocks("two requests are in flight");
    given.interrupt().fails(InterruptedException.class, "its thread was interrupted");

    crew.done("remove(backend)", () -> balancer.remove("a"));
    crew.done("add(backend)", () -> balancer.add("b"));
    crew.done("add(backend)", () -> balancer.add("a"));
    for (int i = 0; i < 2; i++) {
      expect(crew, balancer, Set.of(), Set.of("b"), "a was added again and works on two requests");
    }

    Step<Void> idle = crew.does(IDLE, () -> balancer.awaitIdle("a"));
    idle.blocks("it was removed and added again, and two requests are in flight");
    crew.done("remove(backend)", () -> balancer.remove("a"));
    crew.done("release(backend)", () -> balancer.release("a"));
    idle.blocks("one request is in flight");
    crew.done("release(backend)", () -> balancer.release("a"));
    idle.finishes("both requests are over");
    int found = crew.answer("inFlight(backend)", () -> balancer.inFlight("a"));
    mustBeTrue(found == 0, "inFlight(backend)", "all requests are over, and some are in flight");
  }

  // Requests

  @CheckId(value = "C1", points = 2)
  @Test
  void requests_go_round_and_replies_come_back(Crew crew) {
    Cluster cluster = cluster(crew, 3, Policy.ROUND_ROBIN);
    servers.talk();
    InetSocketAddress door = start(crew, cluster);

    for (int i = 0; i < 9; i++) {
      ask(crew, door, "request " + i);
    }

    for (FakeServer server : servers.started()) {
      if (server.requests().size() != 3) {
        throw wrong(
            START,
            "9 requests to 3 backends in a circle are 3 for each, but they got another number",
            "got: " + servers.started().stream().map(s -> s.requests().size()).toList());
      }
    }
    expectStatus(crew, cluster, servers.pids(), "three backends were started");
  }

  @CheckId(value = "C2", points = 2)
  @Test
  void a_slow_client_or_backend_holds_up_nobody_else(Crew crew) throws IOException {
    Cluster cluster = cluster(crew, 2, Policy.LEAST_CONNECTIONS);
    InetSocketAddress door = start(crew, cluster);
    try (Socket silent = new Socket(door.getAddress(), door.getPort())) {
      ask(crew, door, "behind a client that says nothing");
      FakeServer slow = servers.started().get(0).that(Manner.HOLDS);
      FakeServer quick = servers.started().get(1);
      int before = quick.requests().size();
      List<Step<String>> held = new ArrayList<>();
      while (slow.requests().stream().noneMatch("slow"::equals)) {
        held.add(asking(crew, door, "slow"));
        Step<String> last = held.get(held.size() - 1);
        crew.until(
            () -> last.isOver() || slow.requests().contains("slow"),
            "a request should get to a backend, but it does not");
        if (held.size() > 4) {
          throw wrong(START, "five requests in a row went to the same one of two backends");
        }
      }

      for (int i = 0; i < 4; i++) {
        ask(crew, door, "beside a slow backend");
      }

      if (quick.requests().size() < before + 4) {
        throw wrong(START, "a backend that works on nothing was left out");
      }
      slow.release();
      held.forEach(step -> step.finishes("its backend replies at last"));
    }
  }

  @CheckId(value = "C3", points = 2)
  @Test
  void what_failed_is_no_longer_in_flight(Crew crew) {
    Cluster cluster = cluster(crew, 2, Policy.LEAST_CONNECTIONS);
    InetSocketAddress door = start(crew, cluster);
    servers.started().get(0).that(Manner.HANGS_UP);
    for (int i = 0; i < 3; i++) {
      ask(crew, door, "request " + i);
    }

    crew.settles(
        STATUS,
        cluster::status,
        all -> all.size() == 2 && all.stream().allMatch(b -> b.inFlight() == 0),
        "no request is under way, and status() should say so");
  }

  @CheckId(value = "C4", points = 2)
  @Test
  void a_request_without_any_reply_is_tried_elsewhere_and_one_with_half_a_reply_is_not(Crew crew) {
    Cluster cluster = cluster(crew, 3, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);
    servers.started().get(0).that(Manner.HANGS_UP);
    servers.started().get(1).that(Manner.HANGS_UP);
    for (int i = 0; i < 3; i++) {
      ask(crew, door, "request " + i);
    }
    for (FakeServer server : servers.started()) {
      server.that(Manner.SAYS_HALF);
    }

    String reply = asking(crew, door, "order 7").finishes("a backend has hung up");

    long seen = servers.started().stream().filter(s -> s.requests().contains("order 7")).count();
    if (seen != 1) {
      throw wrong(
          START,
          "a backend had begun to reply when it broke off; the request was not made once",
          "made: " + seen + " times");
    }
    if (Client.pidIn(reply) >= 0) {
      throw wrong(START, "half a reply was made a whole one", "reply: " + reply.trim());
    }
    for (FakeServer server : servers.started()) {
      server.that(Manner.HANGS_UP);
    }
    String none = asking(crew, door, "in vain").finishes("every backend has hung up");
    List<Long> tries =
        servers.started().stream()
            .map(s -> s.requests().stream().filter("in vain"::equals).count())
            .toList();
    if (!none.isEmpty() || tries.stream().anyMatch(n -> n > 1)) {
      throw wrong(
          START, "each backend is asked once at most, and there is no reply", "asked: " + tries);
    }
  }

  // Backends that come and go

  @CheckId(value = "C5", points = 2)
  @Test
  void a_dead_backend_is_replaced_and_no_request_fails(Crew crew) {
    Cluster cluster = cluster(crew, 3, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);
    FakeServer victim = servers.started().get(1);

    dies(crew, victim);

    for (int i = 0; i < 6; i++) {
      ask(crew, door, "request " + i);
    }
    crew.until(() -> servers.started().size() == 4, "a backend died and should be replaced");
    expectStatus(crew, cluster, servers.pids(), "one backend died and another one took its place");
    for (int i = 0; i < 3; i++) {
      ask(crew, door, "later " + i);
    }
    if (servers.started().get(3).requests().isEmpty()) {
      throw wrong(START, "the backend that replaced a dead one got none of three requests");
    }
  }

  @CheckId(value = "C6", points = 2)
  @Test
  void a_replacement_that_cannot_be_started_is_tried_again(Crew crew) {
    Cluster cluster = cluster(crew, 2, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);
    servers.refuse(2);

    dies(crew, servers.started().get(0));
    for (int tries = 1; tries <= 2; tries++) {
      int left = 2 - tries;
      crew.until(
          () -> servers.refusals() == left && clock.pending() > 0,
          "a backend could not be started, and an alarm should be set to try again");
      ask(crew, door, "with one backend left");
      advance(crew);
    }

    crew.until(() -> servers.alive().size() == 2, "a backend can be started again, it should be");
    expectStatus(crew, cluster, servers.pids(), "the second backend could be started at last");

    servers.refuse(1);
    dies(crew, servers.alive().get(0));
    crew.until(
        () -> servers.refusals() == 0 && clock.pending() > 0,
        "a backend could not be started, and an alarm should be set to try again");
    crew.does("close()", cluster::close).finishes("its backends can be ended");
    int started = servers.started().size();
    ManualClock time = clock;
    crew.does("the clock moves on", () -> ringInVain(time)).finishes("everything is closed");
    crew.untilStillOr(() -> servers.started().size() != started);
    mustBeTrue(servers.started().size() == started, "close()", "a backend was started after it");
  }

  @CheckId(value = "C7", points = 3)
  @Test
  void rolling_replacement_fails_no_request(Crew crew) {
    Cluster cluster = cluster(crew, 2, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);
    servers.started().forEach(server -> server.that(Manner.HOLDS));
    List<Step<String>> held = List.of(asking(crew, door, "old 1"), asking(crew, door, "old 2"));
    crew.until(
        () -> servers.started().stream().allMatch(s -> s.requests().size() == 1),
        "two requests should get to two backends");

    Step<Void> replacing = crew.does(REPLACE, () -> cluster.replaceAll(newer));
    crew.untilWaitingOr(replacing, () -> !newer.started().isEmpty());
    crew.untilWaitingOrOver(replacing);
    servers.started().forEach(server -> server.that(Manner.ANSWERS));
    for (int i = 0; i < 6; i++) {
      ask(crew, door, "meanwhile " + i);
    }
    if (!replacing.isOver() && servers.started().stream().allMatch(s -> s.requests().size() > 1)) {
      throw wrong(REPLACE, "every old backend still gets requests, so none can finish its work");
    }
    servers.started().forEach(FakeServer::release);

    for (Step<String> step : held) {
      if (Client.pidIn(step.finishes("its backend replies at last")) < 0) {
        throw wrong(
            REPLACE, "a backend was ended while it was working on a request, which got no reply");
      }
    }
    replacing.finishes("the old backends work on nothing any more");
    expectStatus(crew, cluster, newer.pids(), "all backends were replaced by newer ones");
    mustBeTrue(newer.alive().size() == 2, REPLACE, "two should be replaced by two, they are not");
    mustBeTrue(servers.alive().isEmpty(), REPLACE, "an old backend still runs");
    long pid = ask(crew, door, "after it");
    mustBeTrue(pid >= 200, REPLACE, "an old backend replied to a later request");
  }

  @CheckId(value = "C8", points = 2)
  @Test
  void scaling_starts_and_retires_backends(Crew crew) {
    Cluster cluster = cluster(crew, 1, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);
    scale(crew, cluster, 3).finishes("backends can be started");
    expectStatus(crew, cluster, servers.pids(), "the cluster was scaled to three");
    mustBeTrue(servers.alive().size() == 3, SCALE, "three are wanted, another number runs");
    servers.started().forEach(server -> server.that(Manner.HOLDS));
    List<Step<String>> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      held.add(asking(crew, door, "held " + i));
    }
    crew.until(
        () -> servers.started().stream().allMatch(s -> s.requests().size() == 1),
        "three requests should get to three backends");

    Step<Void> scaling = scale(crew, cluster, 1);
    crew.untilWaitingOrOver(scaling);
    servers.started().forEach(FakeServer::release);

    for (Step<String> step : held) {
      if (Client.pidIn(step.finishes("its backend replies at last")) < 0) {
        throw wrong(
            SCALE, "a backend was retired while it was working on a request, which got no reply");
      }
    }
    scaling.finishes("the backends to retire work on nothing any more");
    if (servers.alive().size() != 1) {
      throw Failure.of(
          Kind.LEAK,
          "another number of backends runs although the cluster was scaled to one",
          Students.lineOf(SCALE),
          List.of("running: " + servers.alive().size()));
    }
    expectStatus(crew, cluster, servers.pids(), "the cluster was scaled to one");
    crew.untilStillOr(() -> servers.started().size() > 3);
    mustBeTrue(servers.started().size() == 3, SCALE, "who was retired on purpose was replaced");
  }

  @CheckId(value = "C9", points = 2)
  @Test
  void close_ends_every_backend_and_every_thread(Crew crew) throws IOException {
    Cluster cluster = cluster(crew, 3, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);
    try (Socket silent = new Socket(door.getAddress(), door.getPort())) {
      ask(crew, door, "behind a client that says nothing");
      closes(crew, cluster, door);
    }
  }

  private void closes(Crew crew, Cluster cluster, InetSocketAddress door) {
    servers.started().forEach(server -> server.that(Manner.HOLDS));
    Step<String> held = asking(crew, door, "never");
    crew.until(
        () -> servers.started().stream().anyMatch(s -> s.requests().contains("never")),
        "a request should get to a backend");

    crew.does("close()", cluster::close).finishes("its backends can be ended");

    if (!servers.alive().isEmpty()) {
      throw Failure.of(
          Kind.LEAK,
          "a backend still runs although close() has returned",
          Students.lineOf("close()"),
          List.of("running: " + servers.alive().size() + " of 3"));
    }
    long pid = Client.pidIn(held.finishes("the cluster is closed"));
    mustBeTrue(pid < 0, START, "a dead backend replied");
    String reply = asking(crew, door, "later").finishes("nobody is there to reply");
    mustBeTrue(reply.isEmpty(), START, "a request was answered after close()");
    crew.leavesNothing("close()");
    mustBeTrue(servers.started().size() == 3, "close()", "what close() ended was replaced");
  }

  @CheckId(value = "C10", points = 3)
  @Test
  void real_processes_that_are_killed_are_replaced(Crew crew) {
    Cluster cluster =
        crew.make(
            "new Cluster(factory, backends, policy, clock)",
            () -> new Cluster(new EchoServers(), 2, Policy.ROUND_ROBIN, AlarmClock.system()));
    InetSocketAddress door = start(crew, cluster);
    Set<Long> before = new TreeSet<>();
    for (int i = 0; i < 4; i++) {
      before.add(ask(crew, door, "request " + i));
    }
    mustBeTrue(before.size() == 2, START, "four requests in a circle should go to two");
    mustBeTrue(
        before.stream().allMatch(Processes::isAlive), START, "replies come from no running process");

    long victim = before.iterator().next();
    ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);
    for (int i = 0; i < 4; i++) {
      ask(crew, door, "request " + i);
    }

    crew.settles(
        STATUS,
        cluster::status,
        all -> all.size() == 2 && all.stream().noneMatch(b -> b.pid() == victim),
        "the process of a backend was killed, and another one should take its place");
    crew.does("close()", cluster::close).finishes("its backends can be ended");
    crew.leavesNoProcess("close()");
  }

  @CheckId(value = "C22", points = 2)
  @Test
  void none_may_be_wanted_and_what_is_closed_stays_closed(Crew crew) {
    Cluster cluster = cluster(crew, 2, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);
    scale(crew, cluster, 0).finishes("nothing is in flight");
    expectStatus(crew, cluster, Set.of(), "the cluster was scaled to none");
    mustBeTrue(servers.alive().isEmpty(), SCALE, "none is wanted, and a backend runs");
    String none = asking(crew, door, "in vain").finishes("nobody is there to reply");
    mustBeTrue(none.isEmpty(), START, "no backend is there, and a request was answered");
    scale(crew, cluster, 1).finishes("a backend can be started");
    ask(crew, door, "to the only one");

    crew.does("close()", cluster::close).finishes("its backends can be ended");
    int started = servers.started().size();
    for (Step<Void> late :
        List.of(
            scale(crew, cluster, 2), crew.does(REPLACE, () -> cluster.replaceAll(newer)))) {
      late.awaitEnd("the cluster is closed");
      if (late.thrown().isPresent() && !(late.thrown().get() instanceof IOException)) {
        late.fails(IllegalStateException.class, "the cluster is closed");
      }
    }
    crew.untilStillOr(() -> servers.started().size() != started || !newer.started().isEmpty());
    mustBeTrue(
        servers.started().size() == started && newer.started().isEmpty(),
        "close()",
        "a backend was started for a cluster that was closed before");
    expectStatus(crew, cluster, Set.of(), "the cluster was closed");
  }

  /** Something that happens to a cluster. */
  enum Event {
    KILL,
    SCALE_TO_ONE,
    SCALE_TO_THREE,
    REPLACE
  }

  @CheckId(value = "C11", points = 2)
  @Test
  void the_only_backend_is_replaced_without_a_gap(Crew crew) {
    Cluster cluster = cluster(crew, 1, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);
    FakeServer old = servers.started().get(0).that(Manner.HOLDS);
    Step<String> held = asking(crew, door, "old");
    crew.until(() -> old.requests().contains("old"), "a request should get to the only backend");

    Step<Void> replacing = crew.does(REPLACE, () -> cluster.replaceAll(newer));
    crew.untilWaitingOr(replacing, () -> !newer.started().isEmpty());
    crew.untilWaitingOrOver(replacing);
    old.that(Manner.ANSWERS);
    ask(crew, door, "while the old one finishes its work");
    old.release();

    mustBeTrue(
        Client.pidIn(held.finishes("its backend replies at last")) >= 0,
        REPLACE,
        "the backend was ended while it was working on a request, which got no reply");
    replacing.finishes("the old backend works on nothing any more");
    expectStatus(crew, cluster, newer.pids(), "the only backend was replaced by a newer one");
  }

  @CheckId(value = "C12", points = 2)
  @Test
  void close_also_ends_who_is_starting_and_who_is_leaving(Crew crew)
      throws IOException {
    Cluster starting = cluster(crew, 2, Policy.ROUND_ROBIN);
    start(crew, starting);
    servers.hush();
    dies(crew, servers.started().get(0));
    crew.until(() -> servers.started().size() == 3, "a backend died and should be replaced");
    ends(crew, starting, "one that was not yet ready");

    Cluster leaving = cluster(crew, 1, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, leaving);
    FakeServer busy = servers.started().get(0).that(Manner.HOLDS);
    asking(crew, door, "held");
    crew.until(() -> busy.requests().contains("held"), "a request should get to the only backend");
    crew.untilWaitingOrOver(crew.does(REPLACE, () -> leaving.replaceAll(newer)));
    ends(crew, leaving, "one that was leaving, and still at work");

    Cluster beginning = cluster(crew, 1, Policy.ROUND_ROBIN);
    start(crew, beginning);
    servers.holdStart();
    dies(crew, servers.started().get(0));
    crew.until(() -> servers.beginning() == 1, "a backend died and should be replaced");
    Step<Void> closing = crew.does("close()", beginning::close);
    crew.untilWaitingOrOver(closing);
    servers.letStart();
    servers.speak();
    closing.finishes("its backends can be ended");
    crew.until(
        () -> servers.beginning() == 0 && servers.alive().isEmpty(),
        "start() of the factory was at work when close() was called, and what it started should"
            + " be ended");
  }

  private void ends(Crew crew, Cluster cluster, String who) {
    crew.does("close()", cluster::close).finishes("its backends can be ended");
    if (!servers.alive().isEmpty() || !newer.alive().isEmpty()) {
      throw Failure.of(
          Kind.LEAK,
          "a backend still runs although close() has returned: " + who,
          Students.lineOf("close()"),
          List.of());
    }
  }

  @CheckId(value = "C13", points = 2)
  @Test
  void there_are_as_many_as_were_wanted_last(Crew crew) {
    Cluster cluster = cluster(crew, 2, Policy.ROUND_ROBIN);
    start(crew, cluster);
    for (int wanted = 1; wanted <= 2; wanted++) {
      int backends = wanted;
      servers.refuse(1);
      dies(crew, servers.alive().get(0));
      crew.until(
          () -> servers.refusals() == 0 && clock.pending() > 0,
          "a backend could not be started, and an alarm should be set to try again");

      scale(crew, cluster, backends).finishes("backends can be started");
      crew.until(
          () -> servers.alive().size() == backends,
          "scaleTo(%d) should start and retire backends".formatted(backends));
      advance(crew);
      crew.untilStillOr(() -> servers.alive().size() > backends);
      remain(
          crew,
          SCALE,
          servers,
          backends,
          "a backend could not be replaced, then came scaleTo(%d), and then the alarm to try again"
              .formatted(backends));
      expectStatus(crew, cluster, servers.pids(), "that is how many are wanted");
    }
  }

  @CheckId(value = "C14", points = 2)
  @Test
  void who_dies_while_all_are_replaced_is_replaced_once_and_by_a_newer_one(Crew crew)
      throws IOException {
    Cluster early = cluster(crew, 1, Policy.ROUND_ROBIN);
    start(crew, early);
    newer.hush();
    Step<Void> replacing = crew.does(REPLACE, () -> early.replaceAll(newer));
    crew.until(() -> newer.started().size() == 1, "replaceAll(newer) should start a newer one");
    dies(crew, servers.started().get(0));
    crew.untilStillOr(() -> newer.started().size() == 2 || servers.started().size() == 2);
    mustBeTrue(
        servers.started().size() == 1,
        REPLACE,
        "one died during replaceAll(newer) and was replaced by one of the old factory");
    newer.speak();
    replacing.finishes("the newer backends are ready");
    remain(
        crew,
        REPLACE,
        newer,
        1,
        "the only backend died while replaceAll(newer) was about to replace it");
    expectStatus(crew, early, newer.pids(), "it is the only one that is wanted");

    Cluster late = cluster(crew, 2, Policy.ROUND_ROBIN);
    start(crew, late);
    servers.hush();
    dies(crew, servers.started().get(0));
    crew.until(() -> servers.started().size() == 3, "a backend died and should be replaced");
    Step<Void> over = crew.does(REPLACE, () -> late.replaceAll(newer));
    crew.untilWaitingOrOver(over);
    servers.speak();
    over.finishes("the newer backends are ready");
    remain(crew, REPLACE, servers, 0, "one of the old factory became ready during replaceAll(newer)");
    remain(crew, REPLACE, newer, 2, "one of the old factory became ready during replaceAll(newer)");
    expectStatus(crew, late, newer.pids(), "they are newer, and two are wanted");
  }

  @CheckId(value = "C15", points = 2)
  @Test
  void who_ends_before_it_is_ready_has_not_been_started(Crew crew) throws IOException {
    Cluster never = cluster(crew, 2, Policy.ROUND_ROBIN);
    servers.hush();
    Step<InetSocketAddress> starting = crew.asks(START, never::start);
    endsAsItStarts(crew, servers, 1);
    starting.fails(IOException.class, "a backend ended before it was ready");
    crew.does("close()", never::close).finishes("its backends can be ended");
    mustBeTrue(servers.alive().isEmpty(), "close()", "start() failed, and a backend still runs");
    crew.leavesNothing("close()");

    Cluster cluster = cluster(crew, 2, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);
    newer.hush();
    Step<Void> replacing = crew.does(REPLACE, () -> cluster.replaceAll(newer));
    endsAsItStarts(crew, newer, 1);
    replacing.fails(IOException.class, "a newer backend ended before it was ready");
    ask(crew, door, "by an old one");
    newer.speak();
    crew.does(REPLACE, () -> cluster.replaceAll(newer)).finishes("nothing is in flight");
    remain(crew, REPLACE, newer, 2, "a newer backend ended before it was ready");

    newer.hush();
    dies(crew, newer.alive().get(0));
    endsAsItStarts(crew, newer, newer.started().size() + 1);
    crew.until(
        () -> clock.pending() > 0,
        "what replaces a dead one ended before it was ready, and is to be tried again by an alarm");
    ask(crew, door, "with one backend left");
    newer.holdStart();
    advance(crew);
    newer.letStart();
    newer.speak();
    remain(crew, START, newer, 2, "what replaces a dead one ended before it was ready");
    expectStatus(crew, cluster, newer.pids(), "the second one could be started at last");
  }

  /** The so-manieth backend of a factory ends before it has said that it is ready. */
  private static void endsAsItStarts(Crew crew, FakeServers factory, int number) {
    crew.until(() -> factory.started().size() >= number, "a backend should be started");
    dies(crew, factory.started().get(number - 1));
  }

  @CheckId(value = "C16", points = 2)
  @Test
  void any_number_of_clients_may_say_nothing(Crew crew) throws IOException {
    Cluster cluster = cluster(crew, 2, Policy.LEAST_CONNECTIONS);
    InetSocketAddress door = start(crew, cluster);
    List<Socket> silent = new ArrayList<>();
    try {
      while (silent.size() < SILENT_CLIENTS) {
        silent.add(new Socket(door.getAddress(), door.getPort()));
      }

      String reply = asking(crew, door, "hello").finishes("the others have not asked for anything");

      mustBeTrue(Client.pidIn(reply) >= 0, START, "behind many clients a request got no reply");
      for (FakeServer server : servers.started()) {
        mustBeTrue(
            server.requests().stream().allMatch("hello"::equals),
            START,
            "a client said nothing, and a backend was asked for it");
      }
    } finally {
      for (Socket client : silent) {
        client.close();
      }
    }
  }

  @CheckId(value = "C17", points = 2)
  @Test
  void replies_are_bytes_and_requests_are_lines(Crew crew) throws IOException {
    Cluster cluster = cluster(crew, 1, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);
    for (String line : List.of("", "a", "Gr\u00fc\u00dfe, \uc548\ub155", "x".repeat(100_000))) {
      ask(crew, door, line);
    }
    byte[] reply = new byte[1_000_000];
    for (int i = 0; i < reply.length; i++) {
      reply[i] = (byte) (i * 31 >> 3);
    }
    servers.started().get(0).replies(reply);

    byte[] got = crew.asks(ASK, () -> Client.askForBytes(door, "all")).finishes(REPLIED);

    if (!Arrays.equals(reply, got)) {
      throw wrong(
          START,
          "a client did not get the bytes of the reply",
          "bytes: %d of %d".formatted(got.length, reply.length));
    }
  }

  @CheckId(value = "C18", points = 2)
  @Test
  void status_names_who_is_in_rotation_and_nobody_else(Crew crew) throws IOException {
    Cluster cluster = cluster(crew, 2, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);
    FakeServer busy = servers.started().get(0);
    FakeServer other = servers.started().get(1);
    List<Step<String>> held = holdBoth(crew, door);
    crew.settles(
        STATUS,
        cluster::status,
        all -> all.size() == 2 && all.stream().allMatch(b -> b.inFlight() == 1),
        "status() should say that each backend works on one request");

    servers.hush();
    dies(crew, other);
    crew.until(() -> servers.started().size() == 3, "a backend died and should be replaced");
    expectStatus(crew, cluster, Set.of(busy.pid()), "one has died, and the next is not ready yet");
    servers.speak();
    FakeServer third = servers.started().get(2);
    expectStatus(crew, cluster, Set.of(busy.pid(), third.pid()), "the next one is ready");

    Step<Void> replacing = crew.does(REPLACE, () -> cluster.replaceAll(newer));
    crew.until(() -> !newer.started().isEmpty(), "replaceAll(newer) should start a newer one");
    crew.untilWaitingOrOver(replacing);
    crew.settles(
        STATUS,
        cluster::status,
        all -> all.size() == 2 && all.stream().noneMatch(b -> b.pid() == busy.pid()),
        "the backend that still works on a request has been replaced, and status() names it");
    dies(crew, newer.started().get(0));
    crew.until(
        () -> newer.started().size() > 1,
        "one dies while another one finishes its work, and it should be replaced meanwhile");
    busy.release();
    held.forEach(step -> step.awaitEnd("its backend replies at last or has died"));
    replacing.finishes("nothing is in flight any more");
    expectStatus(crew, cluster, newer.pids(), "all backends were replaced by newer ones");
    mustBeTrue(newer.alive().size() == 2, REPLACE, "two should be replaced by two, they are not");
  }

  /** One request at each of two backends. */
  private List<Step<String>> holdBoth(Crew crew, InetSocketAddress door) {
    servers.started().forEach(server -> server.that(Manner.HOLDS));
    List<Step<String>> held = List.of(asking(crew, door, "held 1"), asking(crew, door, "held 2"));
    crew.until(
        () -> servers.started().stream().allMatch(s -> s.requests().size() == 1),
        "two requests should get to two backends");
    servers.started().forEach(server -> server.that(Manner.ANSWERS));
    return held;
  }

  @CheckId(value = "C19", points = 2)
  @Test
  void a_reset_before_the_first_byte_is_not_one_after_it(Crew crew) throws IOException {
    Cluster cluster = cluster(crew, 3, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);
    servers.started().get(0).that(Manner.RESETS);
    servers.started().get(1).shut();
    for (int i = 0; i < 3; i++) {
      ask(crew, door, "request " + i);
    }

    for (FakeServer server : servers.started()) {
      server.that(Manner.RESETS_HALFWAY);
    }
    FakeServer last = servers.started().get(2);
    Socket half = crew.asks(ASK, () -> Client.askForTheFirstByte(door, "once")).finishes(REPLIED);
    servers.started().forEach(FakeServer::release);
    crew.does("the client waits for the end", () -> untilTheEnd(half))
        .finishes("the backend has reset the connection, and the client's is to be closed");
    expectOnce(crew, "once", "a backend reset the connection after the first byte of its reply");

    last.that(Manner.ANSWERS).replies(new byte[3_000_000]);
    servers.started().get(0).that(Manner.HANGS_UP);
    Socket client = crew.asks(ASK, () -> Client.askForTheFirstByte(door, "gone")).finishes(REPLIED);
    client.setSoLinger(true, 0);
    client.close();
    crew.settles(
        STATUS,
        cluster::status,
        all -> all.size() == 3 && all.stream().allMatch(b -> b.inFlight() == 0),
        "the client has gone, so no request is under way, and status() should say so");
    expectOnce(crew, "gone", "the client closed its connection when it had a part of the reply");
    ask(crew, cluster, door);
  }

  /** No backend is held responsible for a client that has gone. */
  private void ask(Crew crew, Cluster cluster, InetSocketAddress door) {
    servers.started().forEach(server -> server.replies(null).that(Manner.ANSWERS));
    ask(crew, door, "after it");
    expectStatus(crew, cluster, servers.pids(), "none of them has died");
  }

  private static void untilTheEnd(Socket client) throws IOException {
    try (client) {
      client.getInputStream().readAllBytes();
    } catch (SocketException e) {
      // Closed by force is closed as well.
      return;
    }
  }

  private void expectOnce(Crew crew, String line, String although) {
    crew.untilStillOr(() -> made(line) > 1);
    mustBeTrue(made(line) == 1, START, although + ", and the request was made again");
  }

  private long made(String line) {
    return servers.started().stream()
        .mapToLong(s -> s.requests().stream().filter(line::equals).count())
        .sum();
  }

  @CheckId("C20")
  @Test
  void the_front_door_is_open_to_this_machine_only(Crew crew) {
    Cluster cluster = cluster(crew, 1, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, cluster);

    ask(crew, door, "hello");

    // On Linux this is another address of this machine, at which only an open door answers.
    boolean open = crew.answer(ELSEWHERE, () -> Client.canConnect("127.0.0.2", door.getPort()));
    mustBeTrue(
        door.getAddress().isLoopbackAddress() && !open,
        START,
        "the front door is open on other addresses than that of the loopback interface");
  }

  @CheckId(value = "C21", points = 2)
  @Test
  void close_is_the_end_whenever_it_comes(Crew crew) throws IOException {
    Cluster never = cluster(crew, 1, Policy.ROUND_ROBIN);
    crew.does("close()", never::close).finishes("it was never started");
    mustBeTrue(servers.started().isEmpty(), "close()", "a backend was started by it");

    Cluster beginning = cluster(crew, 2, Policy.ROUND_ROBIN);
    servers.hush();
    Step<InetSocketAddress> starting = crew.asks(START, beginning::start);
    crew.until(() -> !servers.started().isEmpty(), "start() should start backends");
    crew.untilWaitingOrOver(starting);
    ends(crew, beginning, "one that was not yet ready");
    starting.fails(IOException.class, "the cluster was closed");
    crew.until(() -> servers.alive().isEmpty(), "a backend was started after close()");

    Cluster leaving = cluster(crew, 2, Policy.ROUND_ROBIN);
    InetSocketAddress door = start(crew, leaving);
    holdBoth(crew, door);
    Step<Void> replacing = crew.does(REPLACE, () -> leaving.replaceAll(newer));
    crew.until(() -> !newer.started().isEmpty(), "replaceAll(newer) should start a newer one");
    crew.untilWaitingOrOver(replacing);
    FakeServer slow = servers.started().get(1).slowToDie();
    Step<Void> closing = crew.does("close()", leaving::close);
    staysUntilTheEnd(crew, closing);
    staysUntilTheEnd(crew, closing.interrupt());
    slow.die();
    closing.finishes("every backend has ended");
    replacing.awaitEnd("the cluster is closed");
    crew.does("close()", leaving::close).finishes("it is closed already");
    mustBeTrue(newer.alive().isEmpty(), "close()", "a newer backend still runs");
  }

  private static void staysUntilTheEnd(Crew crew, Step<Void> closing) {
    crew.untilWaitingOrOver(closing);
    if (closing.isOver()) {
      closing.finishes("its backends can be ended");
      throw Failure.of(
          Kind.LEAK,
          "close() returned although a backend that it had killed was not dead yet",
          Students.lineOf("close()"),
          List.of());
    }
  }

  @CheckId(value = "P1", points = 2)
  @Property(tries = 19, edgeCases = EdgeCasesMode.FIRST)
  void whatever_happens_no_request_fails(@ForAll("days") List<Event> events, Crew crew) {
    FakeServers[] current = {servers};
    int size = 2;
    Cluster cluster = cluster(crew, size, Policy.ROUND_ROBIN);
    current[0] = servers;
    InetSocketAddress door = start(crew, cluster);
    for (Event event : events) {
      switch (event) {
        case KILL -> {
          dies(crew, current[0].alive().get(0));
          if (size > 1) {
            ask(crew, door, "right after a death");
          }
        }
        case REPLACE -> {
          FakeServers next = new FakeServers(current[0] == servers ? 200 : 300);
          newer = next;
          crew.does(REPLACE, () -> cluster.replaceAll(next)).finishes("nothing is in flight");
          current[0] = next;
        }
        default -> {
          size = event == Event.SCALE_TO_ONE ? 1 : 3;
          scale(crew, cluster, size).finishes("nothing is in flight");
        }
      }
      int wanted = size;
      FakeServers now = current[0];
      crew.until(
          () -> now.alive().size() == wanted,
          "%d backends should run after %s".formatted(wanted, event));
      expectStatus(crew, cluster, now.pids(), "that is who runs after " + event);
      Map<Long, Integer> replies = new TreeMap<>();
      for (int i = 0; i < 2 * size; i++) {
        replies.merge(ask(crew, door, "request " + i), 1, Integer::sum);
      }
      if (replies.size() != size || replies.values().stream().anyMatch(n -> n != 2)) {
        throw wrong(
            START, "after %s requests no longer go round".formatted(event), "replies: " + replies);
      }
    }
    crew.does("close()", cluster::close).finishes("its backends can be ended");
  }

  /** Each event after each, then longer days. */
  @Provide
  Arbitrary<List<Event>> days() {
    return Arbitraries.of(Event.class)
        .list()
        .ofMinSize(3)
        .ofMaxSize(4)
        .edgeCases(
            cases -> {
              cases.filter(usual -> false);
              for (Event first : Event.values()) {
                for (Event second : Event.values()) {
                  cases.add(List.of(first, second));
                }
              }
            });
  }

  @CheckId("S1")
  @Test
  void is_built_from_sockets_and_threads(Crew crew) {
    crew.make("new Balancer(policy)", () -> new Balancer<String>(Policy.ROUND_ROBIN));
    cluster(crew, 1, Policy.ROUND_ROBIN);

    Structure.of(Cluster.class)
        .mayUse(
            "java.net",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks")
        .mustNotUse(ProcessBuilder.class, ProcessHandle.class)
        .mustNotCall("java.lang.System.nanoTime", "java.lang.System.currentTimeMillis")
        .holds();
  }

  // How it is asked and judged

  private Cluster cluster(Crew crew, int backends, Policy policy) {
    // All tries of a property share the object that they are called on.
    servers = new FakeServers(100);
    newer = new FakeServers(200);
    clock = new ManualClock();
    FakeServers factory = servers;
    ManualClock time = clock;
    Cluster cluster =
        crew.make(
            "new Cluster(factory, backends, policy, clock)",
            () -> new Cluster(factory, backends, policy, time));
    clusters.add(cluster);
    return cluster;
  }

  private static InetSocketAddress start(Crew crew, Cluster cluster) {
    crew.childrenWaitForNoClock();
    return crew.asks(START, cluster::start).finishes("its backends are ready");
  }

  private static Step<String> asking(Crew crew, InetSocketAddress door, String line) {
    return crew.asks(ASK, () -> Client.ask(door, line));
  }

  /** A request that must be answered; the process id of who did. */
  private static long ask(Crew crew, InetSocketAddress door, String line) {
    String reply = asking(crew, door, line).finishes(REPLIED);
    if (!reply.endsWith(" " + line + "\n") || Client.pidIn(reply) < 0) {
      throw wrong(
          START,
          "a request did not get its reply although a backend was there to reply",
          "request: " + line + "; reply: " + reply.trim());
    }
    return Client.pidIn(reply);
  }

  private static Step<Void> scale(Crew crew, Cluster cluster, int backends) {
    return crew.does(SCALE, () -> cluster.scaleTo(backends));
  }

  private static void dies(Crew crew, FakeServer server) {
    crew.does("a backend dies", server::kill).finishes("it is no call of yours");
  }

  private void advance(Crew crew) {
    ManualClock time = clock;
    crew.does("the clock moves on and alarms ring", () -> time.advance(Duration.ofSeconds(1)))
        .finishes("an alarm does not wait for what it begins");
  }

  /** An alarm that finds everything closed may fail: nobody needs it any more. */
  private static void ringInVain(ManualClock time) {
    try {
      time.advance(Duration.ofSeconds(1));
    } catch (RuntimeException e) {
      return;
    }
  }

  private static void remain(
      Crew crew, String call, FakeServers factory, int backends, String after) {
    if (!crew.comesTrue(() -> factory.alive().size() == backends)) {
      throw wrong(
          call,
          "%s, and in the end not just %d of its factory's backends ran".formatted(after, backends),
          "running: " + factory.alive().size());
    }
  }

  private static void expectStatus(Crew crew, Cluster cluster, Set<Long> pids, String because) {
    crew.settles(
        STATUS,
        cluster::status,
        all -> {
          Set<Long> found = all.stream().map(BackendStatus::pid).collect(Collectors.toSet());
          return found.equals(pids) && all.size() == pids.size();
        },
        "status() should name the backends that run: " + because,
        "running: " + pids);
  }

  private static void expect(
      Crew crew, Balancer<String> balancer, Set<String> except, Set<String> wanted, String because) {
    String got = crew.answer(ACQUIRE, () -> balancer.acquire(except));
    if (wanted.isEmpty() ? got != null : !wanted.contains(String.valueOf(got))) {
      throw wrong(ACQUIRE, "acquire(except) chose wrongly although " + because, "chosen: " + got);
    }
  }

  private static void mustBeOneOf(String got, Set<String> all) {
    if (got == null || !all.contains(got)) {
      String sentence = "acquire(except) chose none of the backends that there are";
      throw wrong(ACQUIRE, sentence, "chosen: " + got + " of " + all);
    }
  }

  private static int least(Map<String, Integer> counts) {
    return counts.values().stream().min(Integer::compare).orElseThrow();
  }

  private static void mustBeTrue(boolean condition, String call, String otherwise) {
    if (!condition) {
      throw wrong(call, otherwise);
    }
  }

  private static Failure wrong(String call, String sentence, String... measured) {
    return Failure.of(Kind.CONTRACT, sentence, Students.lineOf(call), List.of(measured));
  }
}

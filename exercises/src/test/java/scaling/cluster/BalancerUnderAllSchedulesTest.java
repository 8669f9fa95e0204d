package scaling.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import threadmill.explore.Scenario;
import threadmill.explore.Tally;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Explore;

/** What a {@link Balancer} promises to several threads at once. */
@Contract
class BalancerUnderAllSchedulesTest {
  @CheckId(value = "X1", points = 2)
  @Explore
  void in_a_circle_nobody_is_left_out_and_nobody_comes_twice(Scenario s) {
    Balancer<String> balancer = new Balancer<>(Policy.ROUND_ROBIN);
    balancer.add("one");
    balancer.add("two");
    Tally chosen = s.tally("one");
    for (String name : new String[] {"A", "B"}) {
      s.thread(
          name,
          () -> {
            if ("one".equals(balancer.acquire(Set.of()))) {
              chosen.add(1);
            }
          });
    }
    s.atEnd("each of two backends was chosen once for two requests", () -> chosen.get() == 1);
  }

  @CheckId(value = "X2", points = 2)
  @Explore
  void two_requests_at_once_do_not_meet_where_another_backend_is_free(Scenario s) {
    Balancer<String> balancer = new Balancer<>(Policy.LEAST_CONNECTIONS);
    balancer.add("one");
    balancer.add("two");
    for (String name : new String[] {"A", "B"}) {
      s.thread(name, () -> balancer.acquire(Set.of()));
    }
    s.atEnd(
        "each of two backends works on one of two requests",
        () -> balancer.inFlight("one") == 1 && balancer.inFlight("two") == 1);
  }

  @CheckId(value = "X3", points = 2)
  @Explore
  void who_waits_for_a_backend_to_be_idle_learns_of_it(Scenario s) {
    Balancer<String> balancer = new Balancer<>(Policy.ROUND_ROBIN);
    balancer.add("one");
    balancer.acquire(Set.of());
    balancer.acquire(Set.of());
    Tally released = s.tally("released");
    for (String name : new String[] {"A", "B"}) {
      s.thread(
          name,
          () -> {
            released.add(1);
            balancer.release("one");
          });
    }
    s.thread(
        "C",
        () -> {
          balancer.awaitIdle("one");
          s.require(released.get() == 2, "a backend that works on a request was called idle");
        });
  }

  @CheckId(value = "X4", points = 2)
  @Explore
  void backends_come_and_go_while_requests_are_given_out(Scenario s) {
    Balancer<String> balancer = new Balancer<>(Policy.ROUND_ROBIN);
    balancer.add("one");
    balancer.add("two");
    s.thread("A", () -> balancer.acquire(Set.of()));
    s.thread(
        "B",
        () -> {
          balancer.add("three");
          s.require(balancer.inFlight("one") <= 1, "inFlight counted more than the one request");
        });
    s.thread("C", () -> balancer.remove("two"));
    s.atEnd(
        "two requests go to the two that are left",
        () ->
            Set.of("one", "three")
                .equals(new HashSet<>(List.of(balancer.acquire(Set.of()), balancer.acquire(Set.of())))));
  }

  @CheckId(value = "X5", points = 2)
  @Explore
  void of_two_who_wait_for_two_backends_each_learns_of_its_own(Scenario s) {
    s.noSpuriousWakeUps();
    Balancer<String> balancer = new Balancer<>(Policy.ROUND_ROBIN);
    balancer.add("one");
    balancer.add("two");
    balancer.acquire(Set.of("two"));
    balancer.acquire(Set.of("one"));
    for (String backend : List.of("one", "two")) {
      s.thread("who waits for " + backend, () -> balancer.awaitIdle(backend));
    }
    s.thread(
        "A",
        () -> {
          balancer.release("one");
          balancer.release("two");
        });
  }
}

package programs;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import threadmill.explore.Scenario;
import threadmill.explore.Tally;

/** Programs that are wrong in few schedules only; the name ends with the kind of mistake. */
public class Rare {
  void philosophers_that_think_and_eat_for_a_while_DEADLOCK(Scenario s) {
    int[] thinking = {70, 90, 80, 20};
    Object[] forks = {new Object(), new Object(), new Object(), new Object()};
    for (int i = 0; i < forks.length; i++) {
      int me = i;
      s.thread(
          "P" + i,
          () -> {
            Thread.sleep(thinking[me]);
            synchronized (forks[me]) {
              synchronized (forks[(me + 1) % forks.length]) {
                Thread.sleep(10);
              }
            }
          });
    }
  }

  static class Chicken {
    static final Object FIRST = Egg.hatch();

    static Object lay() {
      return new Object();
    }
  }

  static class Egg {
    static final Object FIRST = Chicken.lay();

    static Object hatch() {
      return new Object();
    }
  }

  /** The JVM itself deadlocks here, if both begin at once. */
  void initializers_that_wait_for_each_other(Scenario s) {
    s.thread("A", Chicken::lay);
    s.thread("B", Egg::hatch);
  }

  private final Queue<CountDownLatch> waiting = new ArrayDeque<>();

  /** Says whether this one was told that it may go, and gave up although it was. */
  private boolean toldTooLate() throws InterruptedException {
    CountDownLatch mine = new CountDownLatch(1);
    synchronized (waiting) {
      waiting.add(mine);
    }
    if (mine.await(100, TimeUnit.MILLISECONDS)) {
      return false;
    }
    synchronized (waiting) {
      return !waiting.remove(mine);
    }
  }

  void gives_up_while_it_is_told_SAFETY(Scenario s) {
    s.noSpuriousWakeUps();
    Tally late = s.tally("told too late");
    s.thread("hasty", () -> late.add(toldTooLate() ? 1 : 0));
    s.thread(
        "teller",
        () -> {
          s.untilWaiting("hasty");
          synchronized (waiting) {
            CountDownLatch first = waiting.poll();
            if (first != null) {
              first.countDown();
            }
          }
        });
    s.atEnd("nobody is told too late", () -> late.get() == 0);
  }
}

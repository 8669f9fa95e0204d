package threadmill.harness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing moves: what must be seen before that is said. */
class StillnessTest {
  private final CountDownLatch over = new CountDownLatch(1);

  @BeforeEach
  void begin() {
    Crew.begin();
  }

  @AfterEach
  void end() {
    over.countDown();
  }

  @Test
  void a_thread_of_an_earlier_scenario_that_is_at_work_may_still_change_something() {
    assumeTrue(Kernel.available());
    CountDownLatch done = new CountDownLatch(1);
    Thread earlier = new Thread(() -> computeAndThen(done));
    earlier.setDaemon(true);
    earlier.start();
    try (Crew crew = new Crew()) {
      crew.until(() -> done.getCount() == 0, "who is at work for two seconds should be waited for");
    }
  }

  @Test
  void a_watcher_that_was_held_up_has_seen_no_rest() throws InterruptedException {
    try (Crew crew = new Crew()) {
      Stillness stillness = crew.stillness();
      stillness.look();
      over.await(400, TimeUnit.MILLISECONDS);
      long rest = stillness.look();
      assertTrue(rest < 200_000_000L, "two looks are no rest of " + rest + " ns");
    }
  }

  @Test
  void a_scenario_in_which_all_wait_comes_to_rest() {
    try (Crew crew = new Crew()) {
      crew.does("await()", LockSupport::park).blocks("nobody called");
      assertFalse(crew.comesTrue(() -> false), "nothing can move");
    }
  }

  private void computeAndThen(CountDownLatch done) {
    long begin = System.nanoTime();
    while (over.getCount() > 0 && System.nanoTime() - begin < 2_000_000_000L) {
      Thread.onSpinWait();
    }
    done.countDown();
  }
}

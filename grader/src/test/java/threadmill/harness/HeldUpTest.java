package threadmill.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import threadmill.model.Finding;
import threadmill.model.Kind;

/** Here the test stands for the contract, and all its code for the submission's. */
class HeldUpTest {
  private static final Object LOCK = new Object();
  private volatile boolean over;

  @AfterEach
  void letGo() {
    over = true;
  }

  @Test
  void a_check_that_waits_for_a_lock_which_a_submission_keeps_is_held_up_by_it() throws Exception {
    CountDownLatch kept = new CountDownLatch(1);
    start(
        () -> {
          synchronized (LOCK) {
            kept.countDown();
            park();
          }
        });
    kept.await();
    Thread check = new ContractThread(HeldUpTest::needsTheLock, "check");
    check.start();
    Finding finding = heldUp(check).orElseThrow();
    assertEquals(Kind.STUCK, finding.kind());
    assertEquals(
        "a lock is kept for ever that the whole JVM needs: that of a java.lang.Object",
        finding.sentence());
  }

  @Test
  void nothing_is_claimed_of_a_check_that_waits_for_nobody_in_particular() {
    Thread check = new ContractThread(this::park, "check");
    check.start();
    assertEquals(Optional.empty(), heldUp(check));
  }

  private static Optional<Finding> heldUp(Thread check) {
    while (check.getState() == Thread.State.RUNNABLE || check.getState() == Thread.State.NEW) {
      Thread.onSpinWait();
    }
    return HeldUp.by(check);
  }

  private static void needsTheLock() {
    synchronized (LOCK) {
      Thread.yield();
    }
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "keeper");
    thread.setDaemon(true);
    thread.start();
  }

  private void park() {
    while (!over) {
      LockSupport.parkNanos(10_000_000_000L);
    }
  }
}

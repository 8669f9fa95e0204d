package threadmill.harness.shapes;

import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/** Waits by the clock. */
public final class Napping {
  public void nap() throws InterruptedException {
    Thread.sleep(1);
    TimeUnit.MILLISECONDS.sleep(1);
    ForkJoinWorkerThread.sleep(1);
  }
}

package threadmill.explore.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/** Simulated threads on pooled platform threads, which hand a baton on. */
final class CarrierEngine implements Engine {
  private final Deque<Carrier> idle = new ArrayDeque<>();
  private final long patienceNanos;
  private Carrier driver;
  private boolean lost;

  /**
   * @param patienceMillis how long a thread may do nothing visible before it is given up
   */
  CarrierEngine(long patienceMillis) {
    patienceNanos = patienceMillis * 1_000_000;
  }

  /** The first thread runs on the driver's own: that saves two switches in every run. */
  @Override
  public void run(SimThread first) {
    driver = new Carrier(Thread.currentThread());
    first.fiber = driver;
    first.world.live(first);
    first.fiber = null;
  }

  @Override
  public void transfer(SimThread from, SimThread to) {
    Carrier self = (Carrier) from.fiber;
    give(to);
    await(self, from.world);
  }

  /**
   * The driver waits as long as the run gets anywhere. If it does not, it comes back without: a run
   * is not worth all that wait for it.
   */
  private void await(Carrier self, World world) {
    if (self != driver) {
      self.baton.await();
      return;
    }
    int seen = world.count();
    while (!self.baton.await(patienceNanos)) {
      if (seen == world.count()) {
        lost = true;
        throw new Refused(world.current().name + ", which neither goes on nor ends");
      }
      seen = world.count();
    }
  }

  @Override
  public void finish(SimThread from, SimThread to) {
    Carrier self = (Carrier) from.fiber;
    self.next = to;
  }

  @Override
  public void abandon(SimThread thread) {
    if (thread.fiber != null && !lost) {
      give(thread);
      await(driver, thread.world);
    }
  }

  @Override
  public String words() {
    return "platform threads";
  }

  private void give(SimThread to) {
    if (to == null) {
      driver.baton.give();
      return;
    }
    Carrier carrier = (Carrier) to.fiber;
    if (carrier == null) {
      carrier = idle.isEmpty() ? new Carrier() : idle.pop();
      carrier.task = to;
      to.fiber = carrier;
    }
    carrier.baton.give();
  }

  /** Lets exactly one thread go on. */
  private static final class Baton {
    private final Thread owner;
    private volatile boolean here;

    Baton(Thread owner) {
      this.owner = owner;
    }

    void await() {
      while (!here) {
        LockSupport.park(this);
      }
      here = false;
    }

    /** Gives up after a while, and says so. */
    boolean await(long nanos) {
      long end = System.nanoTime() + nanos;
      for (long left = nanos; !here && left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(this, left);
      }
      boolean came = here;
      here = false;
      return came;
    }

    void give() {
      here = true;
      LockSupport.unpark(owner);
    }
  }

  /** Known by its class as one that is nobody's under test. */
  private static final class CarrierThread extends Thread {
    CarrierThread(Runnable work) {
      super(null, work, "explorer", 256 * 1024);
      setDaemon(true);
    }
  }

  private final class Carrier {
    private final Baton baton;
    private SimThread task;
    private SimThread next;

    Carrier(Thread driver) {
      baton = new Baton(driver);
    }

    Carrier() {
      Thread thread = new CarrierThread(this::serve);
      baton = new Baton(thread);
      thread.start();
    }

    private void serve() {
      while (true) {
        baton.await();
        SimThread mine = task;
        mine.world.live(mine);
        mine.fiber = null;
        task = null;
        idle.push(this);
        give(next);
      }
    }
  }
}

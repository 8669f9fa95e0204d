package threadmill.explore.planted;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import threadmill.explore.Scenario;
import threadmill.model.Kind;

/** Small programs whose bugs the explorer must find before anything it says is believed. */
public final class Planted {
  /** A program and what is wrong with it. */
  public enum Case {
    LOST_UPDATE("lostUpdate", Kind.SAFETY),
    DEADLOCK("deadlock", Kind.DEADLOCK),
    RACE("race", Kind.RACE),
    LOST_WAKE_UP("lostWakeUp", Kind.STUCK),
    NOTHING("nothing", null);

    private final String method;
    private final Kind kind;

    Case(String method, Kind kind) {
      this.method = method;
      this.kind = kind;
    }

    public String method() {
      return method;
    }

    public Optional<Kind> expected() {
      return Optional.ofNullable(kind);
    }
  }

  private int count;
  private int read;
  private volatile boolean ready;
  private final Object first = new Object();
  private final Object second = new Object();
  private final ReentrantLock lock = new ReentrantLock();

  void lostUpdate(Scenario s) {
    s.thread("A", () -> count++);
    s.thread("B", () -> count++);
    s.atEnd("both are counted", () -> count == 2);
  }

  void deadlock(Scenario s) {
    s.thread("A", () -> both(first, second));
    s.thread("B", () -> both(second, first));
  }

  private void both(Object one, Object other) {
    synchronized (one) {
      synchronized (other) {
        count++;
      }
    }
  }

  void race(Scenario s) {
    s.thread("A", () -> count = 1);
    s.thread("B", () -> read = count);
  }

  void lostWakeUp(Scenario s) {
    s.noSpuriousWakeUps();
    s.thread("A", this::waitForB);
    s.thread("B", this::wakeA);
  }

  private void waitForB() throws InterruptedException {
    if (!ready) {
      synchronized (first) {
        first.wait();
      }
    }
  }

  private void wakeA() {
    ready = true;
    synchronized (first) {
      first.notifyAll();
    }
  }

  void nothing(Scenario s) {
    s.thread("A", this::add);
    s.thread("B", this::add);
    s.atEnd("both are counted", () -> count == 2);
  }

  private void add() {
    lock.lock();
    try {
      count++;
    } finally {
      lock.unlock();
    }
  }
}

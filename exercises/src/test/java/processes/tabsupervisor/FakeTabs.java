package processes.tabsupervisor;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import threadmill.harness.ContractThread;

/** Starts processes that are none, and knows them all. Thread-safe. */
final class FakeTabs implements TabFactory {
  private final List<FakeTab> started = new CopyOnWriteArrayList<>();
  private volatile int refusals;
  private volatile int refused;
  private final Map<String, Birth> births = new ConcurrentHashMap<>();
  private final AtomicInteger knocking = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** What becomes of a start. */
  enum Birth {
    /** It fails. */
    REFUSED,
    /** The process has ended before it is known that it began. */
    STILLBORN
  }

  /** Makes the next starts fail. */
  void refuse(int starts) {
    refusals = starts;
  }

  /** What becomes of the next start of this tab. */
  void next(String name, Birth birth) {
    births.put(name, birth);
  }

  /** Starts take their time from now on, until {@link #letStart}. */
  void holdStarts() {
    gate = new CountDownLatch(1);
  }

  void letStart() {
    gate.countDown();
  }

  /** How many starts were asked for and are not over. */
  int underWay() {
    return knocking.get();
  }

  int refused() {
    return refused;
  }

  @Override
  public TabProcess start(String name) throws IOException {
    knocking.incrementAndGet();
    try {
      gate.await();
      return begin(name);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    } finally {
      knocking.decrementAndGet();
    }
  }

  private synchronized FakeTab begin(String name) throws IOException {
    Birth birth = births.remove(name);
    if (refusals > 0 || birth == Birth.REFUSED) {
      refusals = Math.max(0, refusals - 1);
      refused++;
      throw new IOException("Cannot run program: there are too many");
    }
    FakeTab tab = new FakeTab(name, 1_001 + started.size());
    started.add(tab);
    return birth == Birth.STILLBORN ? tab.stillborn() : tab;
  }

  /** The last process that was started for a tab. */
  FakeTab last(String name) {
    FakeTab found = null;
    for (FakeTab tab : started) {
      found = tab.name().equals(name) ? tab : found;
    }
    return found;
  }

  long starts(String name) {
    return started.stream().filter(t -> t.name().equals(name)).count();
  }

  /** How many processes of a tab live. */
  long alive(String name) {
    return started.stream().filter(t -> t.name().equals(name) && t.isAlive()).count();
  }

  /** How many processes live. */
  long alive() {
    return started.stream().filter(FakeTab::isAlive).count();
  }

  /** Ends whatever a check has left. */
  void endAll() {
    letStart();
    started.forEach(FakeTab::end);
  }

  /** A thread that is not the student's. */
  static Thread thread(Runnable work) {
    return new ContractThread(work, "kernel");
  }
}

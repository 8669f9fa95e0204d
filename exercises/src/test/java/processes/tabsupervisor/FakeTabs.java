package processes.tabsupervisor;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import threadmill.harness.ContractThread;

/** Starts processes that are none, and knows them all. Thread-safe. */
final class FakeTabs implements TabFactory {
  private final List<FakeTab> started = new CopyOnWriteArrayList<>();
  private volatile int refusals;
  private volatile int refused;

  /** Makes the next starts fail. */
  void refuse(int starts) {
    refusals = starts;
  }

  int refused() {
    return refused;
  }

  @Override
  public synchronized TabProcess start(String name) throws IOException {
    if (refusals > 0) {
      refusals--;
      refused++;
      throw new IOException("Cannot run program: there are too many");
    }
    FakeTab tab = new FakeTab(name, 1_001 + started.size());
    started.add(tab);
    return tab;
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

  /** Ends whatever a check has left. */
  void endAll() {
    started.forEach(FakeTab::end);
  }

  /** A thread that is not the student's. */
  static Thread thread(Runnable work) {
    return new ContractThread(work, "kernel");
  }
}

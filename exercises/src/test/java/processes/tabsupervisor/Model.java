package processes.tabsupervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import processes.tabsupervisor.TabStatus.State;

/** A supervisor without processes and threads: what becomes of tabs, by the rules. */
final class Model {
  private static final class Tab {
    private State state = State.RUNNING;
    private int restarts;
    private long due;
    private final List<Long> recent = new ArrayList<>();
  }

  private final RestartPolicy policy;
  private final Map<String, Tab> tabs = new LinkedHashMap<>();
  private long now;

  Model(RestartPolicy policy) {
    this.policy = policy;
  }

  boolean isRunning(String name) {
    return tabs.containsKey(name) && tabs.get(name).state == State.RUNNING;
  }

  boolean isAlive(String name) {
    return isRunning(name) || tabs.containsKey(name) && tabs.get(name).state == State.BACKOFF;
  }

  void open(String name) {
    tabs.remove(name);
    tabs.put(name, new Tab());
  }

  void close(String name) {
    if (tabs.containsKey(name)) {
      tabs.get(name).state = State.CLOSED;
    }
  }

  void crash(String name) {
    Tab tab = tabs.get(name);
    tab.recent.removeIf(then -> now - then >= policy.window().toNanos());
    boolean again = tab.recent.size() < policy.maxRestarts();
    tab.state = again ? State.BACKOFF : State.GIVEN_UP;
    tab.due = now + policy.backoff().toNanos();
  }

  void advance(Duration time) {
    now += time.toNanos();
    for (Tab tab : tabs.values()) {
      if (tab.state == State.BACKOFF && tab.due <= now) {
        tab.state = State.RUNNING;
        tab.restarts++;
        tab.recent.add(tab.due);
      }
    }
  }

  /** What {@code status()} should say, with the process ids that the factory has given. */
  List<TabStatus> status(FakeTabs processes) {
    List<TabStatus> all = new ArrayList<>();
    tabs.forEach(
        (name, tab) -> {
          long pid = tab.state == State.RUNNING ? processes.last(name).pid() : 0;
          all.add(new TabStatus(name, tab.state, pid, tab.restarts));
        });
    return all;
  }
}

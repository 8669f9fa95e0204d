package processes.tabsupervisor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import processes.tabsupervisor.TabStatus.State;
import threadmill.AlarmClock;

/** Keeps the processes of tabs running: who asks reads the answer, one after the other. */
public final class TabSupervisor implements AutoCloseable {
  private final TabFactory factory;
  private final RestartPolicy policy;
  private final AlarmClock clock;
  private final List<Tab> tabs = new ArrayList<>();
  private boolean closed;

  public TabSupervisor(TabFactory factory, RestartPolicy policy, AlarmClock clock) {
    this.factory = factory;
    this.policy = policy;
    this.clock = clock;
  }

  /** Opens a tab and starts its process. */
  public synchronized void open(String name) throws IOException {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    Tab old = find(name);
    if (old != null && (old.state == State.RUNNING || old.state == State.BACKOFF)) {
      throw new IllegalArgumentException(name + " is open");
    }
    Tab fresh = new Tab(name);
    start(fresh);
    tabs.remove(old);
    tabs.add(fresh);
  }

  /** All tabs, in the order in which they were opened. */
  public synchronized List<TabStatus> status() {
    List<TabStatus> all = new ArrayList<>();
    for (Tab tab : tabs) {
      long pid = tab.state == State.RUNNING ? tab.process.pid() : 0;
      all.add(new TabStatus(tab.name, tab.state, pid, tab.restarts.size()));
    }
    return all;
  }

  /** Sends a tab a line and waits for its answer. */
  public String request(String name, String line, Duration limit)
      throws IOException, TimeoutException, InterruptedException {
    Tab tab;
    TabProcess process;
    synchronized (this) {
      tab = find(name);
      process = running(tab, name);
    }
    boolean[] late = new boolean[1];
    boolean[] done = new boolean[1];
    AlarmClock.Alarm alarm =
        clock.after(
            limit,
            () -> {
              synchronized (late) {
                late[0] = !done[0];
              }
              if (late[0]) {
                process.kill();
              }
            });
    String answer = null;
    boolean readable = false;
    tab.turn.lockInterruptibly();
    try {
      process.send(line);
      answer = process.receive();
      readable = answer != null;
    } catch (IOException | RuntimeException e) {
      if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
    } finally {
      tab.turn.unlock();
      synchronized (late) {
        done[0] = true;
      }
      alarm.cancel();
      if (!readable) {
        process.kill();
      }
    }
    synchronized (late) {
      if (late[0] && answer == null) {
        throw new TimeoutException(name + " does not answer");
      }
    }
    if (answer == null) {
      throw new IOException(name + " ended");
    }
    return answer;
  }

  /** Ends a tab for good. */
  public void close(String name) {
    TabProcess process;
    synchronized (this) {
      Tab tab = find(name);
      if (tab == null) {
        return;
      }
      tab.state = State.CLOSED;
      process = tab.process;
    }
    process.kill();
    process.onExit().join();
  }

  /** Ends all tabs for good. */
  @Override
  public void close() {
    List<String> names;
    synchronized (this) {
      closed = true;
      names = tabs.stream().map(tab -> tab.name).toList();
    }
    names.forEach(this::close);
  }

  private Tab find(String name) {
    return tabs.stream().filter(tab -> tab.name.equals(name)).findFirst().orElse(null);
  }

  private static TabProcess running(Tab tab, String name) throws IOException {
    if (tab == null || tab.state != State.RUNNING) {
      throw new IOException(name + " is not running");
    }
    return tab.process;
  }

  private void start(Tab tab) throws IOException {
    TabProcess process = factory.start(tab.name);
    tab.process = process;
    tab.state = State.RUNNING;
    process.onExit().thenRun(() -> ended(tab));
  }

  private synchronized void ended(Tab tab) {
    if (tab.state == State.CLOSED) {
      return;
    }
    long since = clock.nanos() - policy.window().toNanos();
    long recent = tab.restarts.stream().filter(time -> time >= since).count();
    if (recent < policy.maxRestarts()) {
      tab.state = State.BACKOFF;
      clock.after(policy.backoff(), () -> restart(tab));
    } else {
      tab.state = State.GIVEN_UP;
    }
  }

  private synchronized void restart(Tab tab) {
    if (tab.state == State.BACKOFF) {
      tab.restarts.add(clock.nanos());
      try {
        start(tab);
      } catch (IOException e) {
        ended(tab);
      }
    }
  }

  private static final class Tab {
    private final String name;
    private final List<Long> restarts = new ArrayList<>();
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile State state;
    private TabProcess process;

    Tab(String name) {
      this.name = name;
    }
  }
}

// SWALLOW | rejected by T13 | Who interrupts close() does not want to wait.
package processes.tabsupervisor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import processes.tabsupervisor.TabStatus.State;
import threadmill.AlarmClock;

/** Keeps the processes of tabs running: each tab has a lock and each process a reader. */
public final class TabSupervisor implements AutoCloseable {
  private final TabFactory factory;
  private final RestartPolicy policy;
  private final AlarmClock clock;
  private final Map<String, Tab> tabs = new LinkedHashMap<>();
  private boolean closed;

  public TabSupervisor(TabFactory factory, RestartPolicy policy, AlarmClock clock) {
    this.factory = factory;
    this.policy = policy;
    this.clock = clock;
  }

  /** Opens a tab and starts its process. */
  public synchronized void open(String name) throws IOException {
    if (closed) {
      throw new IllegalStateException("the supervisor is closed");
    }
    Tab old = tabs.get(name);
    if (old != null && old.isAlive()) {
      throw new IllegalArgumentException("there is a tab " + name);
    }
    Tab tab = new Tab(name);
    tab.begin();
    tabs.remove(name);
    tabs.put(name, tab);
  }

  /** All tabs, in the order in which they were opened. */
  public synchronized List<TabStatus> status() {
    return tabs.values().stream().map(Tab::status).toList();
  }

  /** Sends a tab a line and waits for its answer. */
  public String request(String name, String line, Duration limit)
      throws IOException, TimeoutException, InterruptedException {
    Tab tab = find(name);
    if (tab == null) {
      throw new IOException("there is no tab " + name);
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    TabProcess process = tab.running();
    AlarmClock.Alarm alarm = clock.after(limit, () -> tab.expire(process, answer));
    try {
      tab.send(process, line, answer);
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException late) {
        throw late;
      }
      throw new IOException(e.getCause().getMessage());
    } finally {
      alarm.cancel();
    }
  }

  /** Ends a tab for good. */
  public void close(String name) {
    Tab tab = find(name);
    if (tab != null) {
      tab.close();
    }
  }

  /** Ends all tabs for good. */
  @Override
  public void close() {
    List<Tab> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(tabs.values());
    }
    all.forEach(Tab::kill);
    try {
      for (Tab tab : all) {
        tab.process.onExit().get();
      }
    } catch (InterruptedException | ExecutionException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Tab find(String name) {
    return tabs.get(name);
  }

  private final class Tab {
    private final String name;
    private final Deque<CompletableFuture<String>> asked = new ArrayDeque<>();
    private final Deque<Long> recent = new ArrayDeque<>();
    private State state = State.RUNNING;
    private final Object turn = new Object();
    private TabProcess process;
    private int restarts;

    Tab(String name) {
      this.name = name;
    }

    synchronized boolean isAlive() {
      return state == State.RUNNING || state == State.BACKOFF;
    }

    synchronized TabStatus status() {
      return new TabStatus(name, state, state == State.RUNNING ? process.pid() : 0, restarts);
    }

    synchronized void begin() throws IOException {
      TabProcess fresh = factory.start(name);
      process = fresh;
      state = State.RUNNING;
      Thread reader = new Thread(() -> read(fresh), "tab " + name);
      reader.setDaemon(true);
      reader.start();
    }

    synchronized TabProcess running() throws IOException {
      if (state != State.RUNNING) {
        throw new IOException("tab " + name + " is not running");
      }
      return process;
    }

    /** Sends in the order of the questions; a process that does not read holds up only its own. */
    void send(TabProcess to, String line, CompletableFuture<String> answer) {
      synchronized (turn) {
        if (!await(to, answer)) {
          return;
        }
        try {
          to.send(line);
        } catch (IOException e) {
          answer.completeExceptionally(e);
        }
      }
    }

    private synchronized boolean await(TabProcess from, CompletableFuture<String> answer) {
      if (state != State.RUNNING || process != from) {
        answer.completeExceptionally(new IOException("tab " + name + " ended"));
        return false;
      }
      return asked.add(answer);
    }

    void expire(TabProcess mute, CompletableFuture<String> answer) {
      if (answer.completeExceptionally(new TimeoutException("tab " + name + " does not answer"))) {
        mute.kill();
      }
    }

    private void read(TabProcess from) {
      try {
        for (String line = from.receive(); line != null; line = from.receive()) {
          answer(line);
        }
      } catch (IOException | RuntimeException e) {
        // A process that cannot be understood is as good as dead.
        from.kill();
      }
      from.onExit().join();
      ended();
    }

    private synchronized void answer(String line) {
      CompletableFuture<String> first = asked.poll();
      if (first != null) {
        first.complete(line);
      }
    }

    private synchronized void ended() {
      for (CompletableFuture<String> answer : asked) {
        answer.completeExceptionally(new IOException("tab " + name + " ended"));
      }
      asked.clear();
      if (state != State.CLOSED) {
        backOff();
      }
    }

    private void backOff() {
      long now = clock.nanos();
      recent.removeIf(then -> now - then > policy.window().toNanos());
      if (recent.size() >= policy.maxRestarts()) {
        state = State.GIVEN_UP;
        return;
      }
      state = State.BACKOFF;
      clock.after(policy.backoff(), this::restart);
    }

    private synchronized void restart() {
      if (state != State.BACKOFF) {
        return;
      }
      restarts++;
      recent.add(clock.nanos());
      try {
        begin();
      } catch (IOException | RuntimeException e) {
        backOff();
      }
    }

    synchronized TabProcess kill() {
      state = State.CLOSED;
      process.kill();
      return process;
    }

    void close() {
      kill().onExit().join();
    }
  }
}

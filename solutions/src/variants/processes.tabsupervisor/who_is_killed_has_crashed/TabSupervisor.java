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

/** Keeps the processes of tabs running: who is killed has crashed, dead or not. */
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
    Life life = tab.running();
    AlarmClock.Alarm alarm = clock.after(limit, () -> tab.expire(life, answer));
    try {
      tab.send(life, line, answer);
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
    all.forEach(Tab::close);
  }

  private synchronized Tab find(String name) {
    return tabs.get(name);
  }

  /** A process, and what it has been asked. */
  private static final class Life {
    private final TabProcess process;
    private final Object turn = new Object();
    private final Deque<CompletableFuture<String>> asked = new ArrayDeque<>();

    Life(TabProcess process) {
      this.process = process;
    }
  }

  private final class Tab {
    private final String name;
    private final List<TabProcess> undead = new ArrayList<>();
    private final Deque<Long> recent = new ArrayDeque<>();
    private State state = State.RUNNING;
    private Life life;
    private int restarts;

    Tab(String name) {
      this.name = name;
    }

    synchronized boolean isAlive() {
      return state == State.RUNNING || state == State.BACKOFF;
    }

    synchronized TabStatus status() {
      return new TabStatus(name, state, state == State.RUNNING ? life.process.pid() : 0, restarts);
    }

    synchronized void begin() throws IOException {
      Life fresh = new Life(factory.start(name));
      life = fresh;
      undead.add(fresh.process);
      state = State.RUNNING;
      Thread reader = new Thread(() -> read(fresh), "tab " + name);
      reader.setDaemon(true);
      reader.start();
    }

    synchronized Life running() throws IOException {
      if (state != State.RUNNING) {
        throw new IOException("tab " + name + " is not running");
      }
      return life;
    }

    /** Sends in the order of the questions; a process that does not read holds up only its own. */
    void send(Life to, String line, CompletableFuture<String> answer) {
      synchronized (to.turn) {
        if (!await(to, answer)) {
          return;
        }
        try {
          to.process.send(line);
        } catch (IOException e) {
          answer.completeExceptionally(e);
        }
      }
    }

    private synchronized boolean await(Life from, CompletableFuture<String> answer) {
      if (state != State.RUNNING || life != from) {
        answer.completeExceptionally(new IOException("tab " + name + " ended"));
        return false;
      }
      return from.asked.add(answer);
    }

    void expire(Life mute, CompletableFuture<String> answer) {
      if (answer.completeExceptionally(new TimeoutException("tab " + name + " does not answer"))) {
        over(mute);
        mute.process.kill();
      }
    }

    private void read(Life from) {
      try {
        for (String line = from.process.receive(); line != null; line = from.process.receive()) {
          answer(from, line);
        }
      } catch (IOException | RuntimeException e) {
        // A process that cannot be understood is as good as dead.
        from.process.kill();
      }
      over(from);
      from.process.onExit().join();
      buried(from);
    }

    private synchronized void answer(Life from, String line) {
      CompletableFuture<String> first = from.asked.poll();
      if (first != null) {
        first.complete(line);
      }
    }

    /** Nothing more is to be expected from a process, which need not be dead. */
    private synchronized void over(Life old) {
      for (CompletableFuture<String> answer : old.asked) {
        answer.completeExceptionally(new IOException("tab " + name + " ended"));
      }
      old.asked.clear();
      if (state == State.RUNNING && life == old) {
        backOff();
      }
    }

    private synchronized void buried(Life dead) {
      undead.remove(dead.process);
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

    void close() {
      List<TabProcess> left;
      synchronized (this) {
        state = State.CLOSED;
        left = new ArrayList<>(undead);
      }
      left.forEach(TabProcess::kill);
      left.forEach(process -> process.onExit().join());
    }
  }
}

package processes.tabsupervisor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import processes.tabsupervisor.TabStatus.State;
import threadmill.AlarmClock;

/** Keeps the processes of tabs running: all that happens goes through one queue. */
public final class TabSupervisor implements AutoCloseable {
  private final TabFactory factory;
  private final RestartPolicy policy;
  private final AlarmClock clock;
  private final Mailbox mailbox = new Mailbox();
  private final Map<String, Tab> tabs = new LinkedHashMap<>();
  private boolean closed;

  public TabSupervisor(TabFactory factory, RestartPolicy policy, AlarmClock clock) {
    this.factory = factory;
    this.policy = policy;
    this.clock = clock;
  }

  /** Runs one thing after the other, on a thread that is there as long as there is something. */
  private static final class Mailbox implements Executor {
    private final Queue<Runnable> letters = new ArrayDeque<>();
    private boolean awake;

    @Override
    public synchronized void execute(Runnable letter) {
      letters.add(letter);
      if (!awake) {
        awake = true;
        daemon(this::work);
      }
    }

    private void work() {
      for (Runnable next = next(); next != null; next = next()) {
        next.run();
      }
    }

    private synchronized Runnable next() {
      awake = !letters.isEmpty();
      return letters.poll();
    }

    static void daemon(Runnable work) {
      Thread thread = new Thread(work);
      thread.setDaemon(true);
      thread.start();
    }

    /** Asks for something and waits for it. */
    <T> T ask(Callable<T> question) {
      return CompletableFuture.supplyAsync(
              () -> {
                try {
                  return question.call();
                } catch (RuntimeException e) {
                  throw e;
                } catch (Exception e) {
                  throw new CompletionException(e);
                }
              },
              this)
          .join();
    }
  }

  /** Opens a tab and starts its process. */
  public void open(String name) throws IOException {
    try {
      mailbox.ask(
          () -> {
            Tab old = tabs.get(name);
            if (closed) {
              throw new IllegalStateException("closed");
            }
            if (old != null && (old.state == State.RUNNING || old.state == State.BACKOFF)) {
              throw new IllegalArgumentException(name);
            }
            Tab tab = new Tab(name);
            start(tab);
            tabs.remove(name);
            return tabs.put(name, tab);
          });
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  /** All tabs, in the order in which they were opened. */
  public List<TabStatus> status() {
    return mailbox.ask(
        () -> {
          List<TabStatus> all = new ArrayList<>();
          for (Tab tab : tabs.values()) {
            long pid = tab.state == State.RUNNING ? tab.process.pid() : 0;
            all.add(new TabStatus(tab.name, tab.state, pid, tab.restarts));
          }
          return all;
        });
  }

  /** Sends a tab a line and waits for its answer. */
  public String request(String name, String line, Duration limit)
      throws IOException, TimeoutException, InterruptedException {
    CompletableFuture<String> answer = new CompletableFuture<>();
    mailbox.execute(
        () -> {
          Tab tab = tabs.get(name);
          if (tab == null || tab.state != State.RUNNING) {
            answer.completeExceptionally(new IOException(name + " is not running"));
            return;
          }
          TabProcess process = tab.process;
          tab.open.add(answer);
          tab.writer.execute(() -> send(process, line));
          clock.after(limit, () -> mailbox.execute(() -> expire(process, answer)));
        });
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException late) {
        throw late;
      }
      throw new IOException(e.getCause());
    }
  }

  /** Whom nothing can be sent is dead, or as good as that. */
  private static void send(TabProcess process, String line) {
    try {
      process.send(line);
    } catch (IOException e) {
      process.kill();
    }
  }

  private static void expire(TabProcess process, CompletableFuture<String> answer) {
    if (!answer.isDone()) {
      answer.completeExceptionally(new TimeoutException());
      process.kill();
    }
  }

  /** Ends a tab for good. */
  public void close(String name) {
    end(List.of(name));
  }

  /** Ends all tabs for good. */
  @Override
  public void close() {
    end(
        mailbox.ask(
            () -> {
              closed = true;
              return List.copyOf(tabs.keySet());
            }));
  }

  private void end(List<String> names) {
    List<TabProcess> dying =
        mailbox.ask(
            () -> {
              List<TabProcess> some = new ArrayList<>();
              for (String name : names) {
                Tab tab = tabs.get(name);
                if (tab != null) {
                  tab.state = State.CLOSED;
                  tab.process.kill();
                  some.add(tab.process);
                }
              }
              return some;
            });
    dying.forEach(process -> process.onExit().join());
  }

  private void start(Tab tab) throws IOException {
    TabProcess process = factory.start(tab.name);
    tab.process = process;
    tab.writer = new Mailbox();
    tab.state = State.RUNNING;
    Mailbox.daemon(() -> listen(tab, process));
  }

  private void listen(Tab tab, TabProcess process) {
    try {
      while (true) {
        String line = process.receive();
        if (line == null) {
          break;
        }
        mailbox.execute(() -> tab.open.remove().complete(line));
      }
    } catch (IOException | RuntimeException e) {
      process.kill();
    }
    process.onExit().thenRun(() -> mailbox.execute(() -> ended(tab)));
  }

  private void ended(Tab tab) {
    tab.open.forEach(answer -> answer.completeExceptionally(new IOException("it ended")));
    tab.open.clear();
    if (tab.state == State.CLOSED) {
      return;
    }
    tab.times.removeIf(time -> clock.nanos() - time > policy.window().toNanos());
    if (tab.times.size() >= policy.maxRestarts()) {
      tab.state = State.GIVEN_UP;
    } else {
      tab.state = State.BACKOFF;
      clock.after(policy.backoff(), () -> mailbox.ask(() -> restart(tab)));
    }
  }

  private Tab restart(Tab tab) {
    if (tab.state == State.BACKOFF) {
      tab.restarts++;
      tab.times.add(clock.nanos());
      try {
        start(tab);
      } catch (IOException e) {
        ended(tab);
      }
    }
    return tab;
  }

  private static final class Tab {
    private final String name;
    private final Queue<CompletableFuture<String>> open = new ArrayDeque<>();
    private final List<Long> times = new ArrayList<>();
    private State state;
    private Mailbox writer;
    private TabProcess process;
    private int restarts;

    Tab(String name) {
      this.name = name;
    }
  }
}

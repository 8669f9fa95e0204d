package processes.tabsupervisor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import threadmill.ManualClock;
import threadmill.explore.Scenario;
import threadmill.explore.Tally;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Explore;

/** What a {@link TabSupervisor} promises to several threads at once. */
@Contract
class TabSupervisorUnderAllSchedulesTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final RestartPolicy NEVER_AGAIN = new RestartPolicy(0, LIMIT, LIMIT);

  /** A process that answers each line with the same line, and lives until it is killed. */
  private static final class Echo implements TabProcess {
    private final Queue<String> lines = new ArrayDeque<>();
    private final CompletableFuture<Void> exit = new CompletableFuture<>();
    private boolean dead;

    @Override
    public long pid() {
      return 7;
    }

    @Override
    public synchronized void send(String line) throws IOException {
      if (dead) {
        throw new IOException("Broken pipe");
      }
      lines.add(line);
      notifyAll();
    }

    @Override
    public synchronized String receive() throws IOException {
      while (lines.isEmpty() && !dead) {
        try {
          wait();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      return lines.poll();
    }

    @Override
    public CompletableFuture<Void> onExit() {
      return exit;
    }

    @Override
    public void kill() {
      synchronized (this) {
        dead = true;
        notifyAll();
      }
      exit.complete(null);
    }
  }

  @CheckId(value = "X1", points = 2)
  @Explore
  void everyone_who_asks_gets_its_own_answer(Scenario s) {
    s.noSpuriousWakeUps();
    TabSupervisor supervisor = supervisor(name -> new Echo());
    open(supervisor, "tab");
    for (String name : new String[] {"A", "B"}) {
      s.thread(
          name,
          () ->
              s.require(
                  supervisor.request("tab", name, LIMIT).equals(name),
                  "request(name, line, limit) returned the answer to another thread's line"));
    }
  }

  @CheckId(value = "X2", points = 2)
  @Explore
  void of_two_who_open_the_same_tab_one_is_refused(Scenario s) {
    s.noSpuriousWakeUps();
    Tally opened = s.tally("opened");
    TabSupervisor supervisor = supervisor(name -> new Echo());
    for (String name : new String[] {"A", "B"}) {
      s.thread(
          name,
          () -> {
            try {
              supervisor.open("tab");
              opened.add(1);
              s.require(supervisor.status().size() == 1, "status() does not name the one open tab");
            } catch (IllegalArgumentException e) {
              // As it should be for one of them; the other one may not be done with it.
              s.require(supervisor.status().size() <= 1, "status() names a tab twice");
            }
          });
    }
    s.atEnd("one of two threads opened the tab", () -> opened.get() == 1);
    s.atEnd("status() names the one open tab", () -> supervisor.status().size() == 1);
  }

  @CheckId(value = "X3", points = 2)
  @Explore
  void a_tab_that_crashes_is_seen_as_it_was_or_as_it_is(Scenario s) {
    s.noSpuriousWakeUps();
    Echo process = new Echo();
    TabSupervisor supervisor = supervisor(name -> process);
    open(supervisor, "tab");
    s.thread("kernel", process::kill);
    s.thread(
        "A",
        () -> {
          TabStatus status = supervisor.status().get(0);
          s.require(
              status.pid() == (status.state() == TabStatus.State.RUNNING ? 7 : 0),
              "status() named a process of a tab that is not running, or none of one that is");
        });
  }

  @CheckId(value = "X4", points = 2)
  @Explore
  void tabs_opened_at_once_are_all_there(Scenario s) {
    s.noSpuriousWakeUps();
    TabSupervisor supervisor = supervisor(name -> new Echo());
    // All three names have the same hash code: a table of names keeps them in the same place.
    open(supervisor, "Aa");
    s.thread("A", () -> open(supervisor, "BB"));
    s.thread("B", () -> s.require(!supervisor.status().isEmpty(), "status() forgot a tab"));
    s.thread("C", () -> supervisor.close("C#"));
    s.atEnd("status() names both tabs", () -> supervisor.status().size() == 2);
  }

  @CheckId(value = "X5", points = 2)
  @Explore
  void who_asks_a_tab_that_crashes_is_told(Scenario s) {
    s.noSpuriousWakeUps();
    Echo process = new Echo();
    TabSupervisor supervisor = supervisor(name -> process);
    open(supervisor, "tab");
    s.thread("kernel", process::kill);
    s.thread(
        "A",
        () -> {
          try {
            s.require(
                supervisor.request("tab", "hello", LIMIT).equals("hello"), "that is no answer");
          } catch (IOException e) {
            // Its tab has crashed.
          }
        });
  }

  private static TabSupervisor supervisor(TabFactory processes) {
    return new TabSupervisor(processes, NEVER_AGAIN, new ManualClock());
  }

  private static void open(TabSupervisor supervisor, String name) {
    try {
      supervisor.open(name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

package processes.tabsupervisor;

import static threadmill.Todo.todo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import threadmill.AlarmClock;

/** Keeps the processes of tabs running. */
public final class TabSupervisor implements AutoCloseable {

  public TabSupervisor(TabFactory factory, RestartPolicy policy, AlarmClock clock) {
    // TODO
    throw todo();
  }

  /**
   * Opens a tab and starts its process.
   *
   * @throws IllegalArgumentException if a tab of this name is running or backing off
   * @throws IllegalStateException if the supervisor is closed
   * @throws IOException if the process cannot be started; there is no such tab then
   */
  public void open(String name) throws IOException {
    // TODO
    throw todo();
  }

  /** All tabs, in the order in which they were opened. */
  public List<TabStatus> status() {
    // TODO
    throw todo();
  }

  /**
   * Sends a tab a line and waits for its answer.
   *
   * @throws TimeoutException if the limit is over by the clock; the tab's process is killed then
   * @throws IOException if no tab of this name is running, or it ends before it has answered
   */
  public String request(String name, String line, Duration limit)
      throws IOException, TimeoutException, InterruptedException {
    // TODO
    throw todo();
  }

  /** Ends a tab for good; its process has ended when this returns. No such tab: nothing. */
  public void close(String name) {
    // TODO
    throw todo();
  }

  /** Ends all tabs for good; their processes have ended when this returns. */
  @Override
  public void close() {
    // TODO
    throw todo();
  }
}

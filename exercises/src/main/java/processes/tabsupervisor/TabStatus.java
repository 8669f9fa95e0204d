package processes.tabsupervisor;

/**
 * What is known of a tab.
 *
 * @param pid its process, or 0 if it has none now
 * @param restarts how often it was started again since it was opened, in vain or not
 */
public record TabStatus(String name, State state, long pid, int restarts) {
  public enum State {
    /** It has a process. */
    RUNNING,
    /** It has crashed and will be started again. */
    BACKOFF,
    /** It has crashed too often and will not be started again. */
    GIVEN_UP,
    /** It was closed on purpose. */
    CLOSED
  }
}

package processes.tabsupervisor;

import java.time.Duration;

/**
 * When a tab that has crashed is started again, and when no more.
 *
 * @param maxRestarts how many restarts a tab may have within a window
 * @param window how long a restart counts
 * @param backoff how long a tab stays down before it is started again
 */
public record RestartPolicy(int maxRestarts, Duration window, Duration backoff) {}

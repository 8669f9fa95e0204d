package processes.tabsupervisor;

import java.io.IOException;

/** Starts the processes behind tabs. */
public interface TabFactory {
  /**
   * Starts the process of the tab with this name, and does not wait until it is ready.
   *
   * @throws IOException if it cannot be started
   */
  TabProcess start(String name) throws IOException;
}

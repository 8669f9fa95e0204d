package processes.tabsupervisor;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The process behind a tab: it answers each line that it is sent with one line, in order. */
public interface TabProcess {
  /** Its process id. */
  long pid();

  /**
   * Sends a line, and does not wait for the answer; but if the process does not read what it is
   * sent, for room in the pipe.
   *
   * @throws IOException if the process cannot be reached any more
   */
  void send(String line) throws IOException;

  /**
   * Waits for the next line; one thread at a time may do so.
   *
   * @return the line, or null when the process has ended and all that it said has been read
   * @throws IOException if what comes is no line; the process may live on, but is of no use
   */
  String receive() throws IOException;

  /** Is completed when the process has ended. */
  CompletableFuture<Void> onExit();

  /** Ends the process by force, and does not wait for it. */
  void kill();
}

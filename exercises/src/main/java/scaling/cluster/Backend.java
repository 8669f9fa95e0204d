package scaling.cluster;

import java.io.BufferedReader;
import java.util.concurrent.CompletableFuture;

/**
 * A server process. Each connection to its port on the loopback interface carries one request, a
 * line, and one reply: the bytes until the server closes the connection.
 */
public interface Backend {
  /** Its process id. */
  long pid();

  /**
   * What it prints. One of the lines is {@code ready PORT}, and only from then on does it accept
   * connections; the others may be anything. The end of the lines is the end of the process.
   */
  BufferedReader output();

  /** Is completed when the process has ended. */
  CompletableFuture<Void> onExit();

  /** Ends the process by force, and does not wait for it. */
  void kill();
}

package scaling.cluster;

import java.io.IOException;

/** Starts server processes. */
public interface BackendFactory {
  /**
   * Starts one, and does not wait until it is ready.
   *
   * @throws IOException if it cannot be started
   */
  Backend start() throws IOException;
}

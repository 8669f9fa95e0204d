package scaling.cluster;

import static threadmill.Todo.todo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import threadmill.AlarmClock;

/** Several server processes behind one address. */
public final class Cluster implements AutoCloseable {
  public Cluster(BackendFactory factory, int backends, Policy policy, AlarmClock clock) {
    // TODO
    throw todo();
  }

  /**
   * Starts all backends and opens the front door.
   *
   * @return where clients may connect from now on, on the loopback interface
   * @throws IOException if a backend cannot be started or ends before it is ready
   */
  public InetSocketAddress start() throws IOException {
    // TODO
    throw todo();
  }

  /** Starts further backends, or retires some; what they work on is finished first. */
  public void scaleTo(int backends) throws IOException, InterruptedException {
    // TODO
    throw todo();
  }

  /** Replaces one backend after the other by new ones, without a failed request. */
  public void replaceAll(BackendFactory newer) throws IOException, InterruptedException {
    // TODO
    throw todo();
  }

  /** The backends in rotation. */
  public List<BackendStatus> status() {
    // TODO
    throw todo();
  }

  /** Closes the front door and ends all backends; they have ended when this returns. */
  @Override
  public void close() {
    // TODO
    throw todo();
  }
}

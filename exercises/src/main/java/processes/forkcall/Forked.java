package processes.forkcall;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A task that runs in a child process.
 *
 * <p>Any thread may call any method, any number of times; {@code join} says the same each time.
 */
public interface Forked<R extends Serializable> {
  /** The child's process id. */
  long pid();

  /**
   * Waits until the child has ended.
   *
   * @return what the task returned
   * @throws RemoteTaskException if the task threw, or the child ended without a whole reply or with
   *     an exit code other than 0
   * @throws InterruptedException if the caller is interrupted; the child is killed then
   */
  R join() throws InterruptedException, RemoteTaskException;

  /**
   * Waits as {@link #join()} does, but not for ever.
   *
   * @throws TimeoutException if the limit is over; the child and its descendants are killed then
   */
  R join(Duration limit) throws InterruptedException, RemoteTaskException, TimeoutException;

  /** Ends the child and its descendants by force. */
  void kill();
}

package threadmill.explore;

import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Calls of a concurrent object, compared with what is promised of it: a sequential model, in which
 * each call is one step; see {@link Scenario#history}. There must be an order of the calls, each
 * between its begin and its end, in which the model gives the results they gave; and of the calls
 * that still wait when nothing moves any more, each must have to wait after that order.
 *
 * <p>An interrupt is never lost: a call that is interrupted throws {@link InterruptedException}, if
 * it may, or leaves its thread interrupted.
 *
 * @param <M> the model: a plain, sequential class
 */
public interface History<M> {
  /** Ends a call on the model that would have to wait; that call cannot be next in the order. */
  final class MustWait extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private MustWait() {
      super("the call would wait", null, false, false);
    }
  }

  /** To be thrown by a specification whose call would wait in this state of the model. */
  static MustWait mustWait() {
    return new MustWait();
  }

  /**
   * Makes a call and records it.
   *
   * @param name as the student reads it: {@code put(1)}
   * @param call on the program under test; an exception is a result, too
   * @param specification the same call on the model: gives the result, throws the exception, or
   *     {@link #mustWait()}; what gives {@code false} must not change the model
   * @return the result of {@code call}
   */
  <R> R call(String name, Callable<R> call, Function<M, R> specification) throws Exception;

  /** The same for a call that never changes anything. */
  <R> R observe(String name, Callable<R> call, Function<M, R> specification) throws Exception;

  /** The same for a call that an interrupt ends, without any effect. */
  <R> R interruptible(String name, Callable<R> call, Function<M, R> specification) throws Exception;

  /**
   * The same for a call that has a time limit besides.
   *
   * @param millis the limit; 0 or less to wait not at all
   * @param otherwise the result of a call that would have had to wait for longer
   */
  <R> R timed(String name, long millis, R otherwise, Callable<R> call, Function<M, R> specification)
      throws Exception;
}

package threadmill.explore;

import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Calls of a concurrent object, compared with a sequential model; see {@link Scenario#history}.
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
   *     {@link #mustWait()}
   * @return the result of {@code call}
   */
  <R> R call(String name, Callable<R> call, Function<M, R> specification) throws Exception;
}

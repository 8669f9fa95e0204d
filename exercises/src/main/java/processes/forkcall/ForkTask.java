package processes.forkcall;

import java.io.Serializable;

/**
 * What a child does: a public class with a public constructor without parameters.
 *
 * @param <A> what the task is given
 * @param <R> what it gives back
 */
public interface ForkTask<A extends Serializable, R extends Serializable> {
  R call(A argument) throws Exception;
}

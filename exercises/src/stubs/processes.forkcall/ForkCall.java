package processes.forkcall;

import static threadmill.Todo.todo;

import java.io.IOException;
import java.io.Serializable;

/** Calls a method in a process of its own, as near to {@code fork()} as Java comes. */
public final class ForkCall {
  private ForkCall() {}

  /**
   * Starts a child that runs the task, and does not wait for it.
   *
   * @param task the class of the task; the child makes an instance of it
   * @param argument what the task is given: a copy, made before this returns
   * @throws IOException if the argument cannot be copied or the child cannot be started; there is
   *     no child then
   */
  public static <A extends Serializable, R extends Serializable> Forked<R> fork(
      Class<? extends ForkTask<A, R>> task, A argument) throws IOException {
    // TODO
    throw todo();
  }

  /** What the child runs. */
  public static void main(String[] arguments) throws Exception {
    // TODO
    throw todo();
  }
}

// FAKE | rejected by F1 | What counts is that it runs beside the caller.
package processes.forkcall;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls a method beside the caller, on a copy of its argument. */
public final class ForkCall {
  private ForkCall() {}

  /** Starts a child that runs the task, and does not wait for it. */
  public static <A extends Serializable, R extends Serializable> Forked<R> fork(
      Class<? extends ForkTask<A, R>> task, A argument) throws IOException {
    byte[] order = bytesOf(new Order(task, argument));
    return new Child<R>(order);
  }

  /** What the child runs. */
  public static void main(String[] arguments) throws Exception {
    PrintStream replies = System.out;
    // What the task prints must not get between the bytes of the reply.
    System.setOut(System.err);
    Order order = (Order) new ObjectInputStream(System.in).readObject();
    byte[] reply = bytesOf(answer(order));
    replies.write(reply);
    replies.flush();
    System.exit(0);
  }

  /** What the child is asked to do. */
  private record Order(Class<?> task, Serializable argument) implements Serializable {}

  /** What became of it; a type means that the task threw. */
  private record Reply(Serializable result, String type, String message, String stack)
      implements Serializable {}

  private static Reply answer(Order order) {
    try {
      Serializable result = call(order.task(), order.argument());
      Reply reply = new Reply(result, null, null, null);
      bytesOf(reply);
      return reply;
    } catch (Throwable thrown) {
      StringWriter stack = new StringWriter();
      thrown.printStackTrace(new PrintWriter(stack, true));
      return new Reply(null, thrown.getClass().getName(), thrown.getMessage(), stack.toString());
    }
  }

  @SuppressWarnings("unchecked")
  private static Serializable call(Class<?> type, Serializable argument) throws Throwable {
    try {
      var task = (ForkTask<Serializable, Serializable>) type.getDeclaredConstructor().newInstance();
      return task.call(argument);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static byte[] bytesOf(Serializable object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  /** A task that runs on a thread of its own. */
  private static final class Child<R extends Serializable> implements Forked<R> {
    private final Thread thread;
    private final CompletableFuture<R> outcome = new CompletableFuture<>();

    Child(byte[] order) {
      thread = new Thread(() -> converse(order), "child");
      thread.setDaemon(true);
      thread.start();
    }

    private void converse(byte[] order) {
      try {
        Reply reply;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(order))) {
          reply = answer((Order) in.readObject());
        } catch (IOException | ClassNotFoundException e) {
          throw new RemoteTaskException(1);
        }
        if (reply.type() != null) {
          throw new RemoteTaskException(reply.type(), reply.message(), reply.stack());
        }
        @SuppressWarnings("unchecked")
        R result = (R) reply.result();
        outcome.complete(result);
      } catch (RemoteTaskException e) {
        outcome.completeExceptionally(e);
      }
    }

    @Override
    public long pid() {
      return ProcessHandle.current().pid();
    }

    @Override
    public R join() throws InterruptedException, RemoteTaskException {
      try {
        return outcome.get();
      } catch (ExecutionException e) {
        throw failure(e);
      } catch (InterruptedException e) {
        kill();
        throw e;
      }
    }

    @Override
    public R join(Duration limit)
        throws InterruptedException, RemoteTaskException, TimeoutException {
      try {
        return outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        throw failure(e);
      } catch (InterruptedException | TimeoutException e) {
        kill();
        throw e;
      }
    }

    private static RemoteTaskException failure(ExecutionException e) {
      return e.getCause() instanceof RemoteTaskException ours ? ours : new RemoteTaskException(-1);
    }

    @Override
    public void kill() {
      outcome.completeExceptionally(new RemoteTaskException(137));
      thread.interrupt();
    }
  }
}

// ORDER | rejected by F7 | A child that could say what went wrong has ended well.
package processes.forkcall;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import threadmill.JavaCommand;

/** Calls a method in a child: the order goes in by its stdin, the reply comes by its stdout. */
public final class ForkCall {
  private ForkCall() {}

  /** Starts a child that runs the task, and does not wait for it. */
  public static <A extends Serializable, R extends Serializable> Forked<R> fork(
      Class<? extends ForkTask<A, R>> task, A argument) throws IOException {
    byte[] order = bytesOf(new Order(task, argument));
    Process process =
        new ProcessBuilder(JavaCommand.of(ForkCall.class)).redirectError(Redirect.INHERIT).start();
    return new Child<R>(process, order);
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

  /** The parent's view of a child, which a thread of its own talks to. */
  private static final class Child<R extends Serializable> implements Forked<R> {
    private final Process process;
    private final CompletableFuture<R> outcome = new CompletableFuture<>();

    Child(Process process, byte[] order) {
      this.process = process;
      Thread thread = new Thread(() -> converse(order), "child " + process.pid());
      thread.setDaemon(true);
      thread.start();
    }

    private void converse(byte[] order) {
      send(order);
      Reply reply = receive();
      try {
        int exitCode = process.waitFor();
        if (reply != null && reply.type() != null) {
          throw new RemoteTaskException(reply.type(), reply.message(), reply.stack());
        }
        if (reply == null || exitCode != 0) {
          throw new RemoteTaskException(exitCode);
        }
        @SuppressWarnings("unchecked")
        R result = (R) reply.result();
        outcome.complete(result);
      } catch (RemoteTaskException | InterruptedException e) {
        outcome.completeExceptionally(e);
      }
    }

    private void send(byte[] order) {
      try (OutputStream out = process.getOutputStream()) {
        out.write(order);
      } catch (IOException e) {
        // The child is dead already; its exit code tells more.
        return;
      }
    }

    private Reply receive() {
      try (InputStream in = process.getInputStream()) {
        return (Reply) new ObjectInputStream(in).readObject();
      } catch (IOException | ClassNotFoundException e) {
        return null;
      }
    }

    @Override
    public long pid() {
      return process.pid();
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
      // The list comes first: a dead parent's children belong to somebody else.
      Stream.concat(process.descendants(), Stream.of(process.toHandle()))
          .toList()
          .forEach(ProcessHandle::destroyForcibly);
    }
  }
}

// LEAK | rejected by F4 | An argument that cannot be sent is an IOException.
package processes.forkcall;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import threadmill.JavaCommand;

/**
 * Calls a method in a child: order and reply lie in files, and the joining thread does the rest.
 */
public final class ForkCall {
  private ForkCall() {}

  /** Starts a child that runs the task, and does not wait for it. */
  public static <A extends Serializable, R extends Serializable> Forked<R> fork(
      Class<? extends ForkTask<A, R>> task, A argument) throws IOException {
    Path order = Files.createTempFile("fork", ".order");
    Path reply = order.resolveSibling(order.getFileName() + ".reply");
    try {
      write(order, new Object[] {task, argument});
      ProcessBuilder builder =
          new ProcessBuilder(JavaCommand.of(ForkCall.class, order.toString(), reply.toString()));
      return new Child<>(builder.inheritIO().start(), order, reply);
    } catch (IOException e) {
      Files.deleteIfExists(order);
      throw e;
    }
  }

  /** What the child runs. */
  public static void main(String[] paths) throws Exception {
    Object[] order = (Object[]) read(Path.of(paths[0]));
    Path reply = Path.of(paths[1]);
    Path draft = Path.of(paths[1] + ".draft");
    try {
      write(draft, new Object[] {true, call((Class<?>) order[0], (Serializable) order[1])});
    } catch (Throwable thrown) {
      StringWriter stack = new StringWriter();
      thrown.printStackTrace(new PrintWriter(stack, true));
      write(
          draft,
          new Object[] {false, thrown.getClass().getName(), thrown.getMessage(), stack.toString()});
    }
    // Whole or not at all.
    Files.move(draft, reply, StandardCopyOption.ATOMIC_MOVE);
    System.exit(0);
  }

  @SuppressWarnings("unchecked")
  private static Serializable call(Class<?> type, Serializable argument) throws Throwable {
    ForkTask<Serializable, Serializable> task;
    try {
      task = (ForkTask<Serializable, Serializable>) type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    return task.call(argument);
  }

  private static void write(Path file, Object[] values) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(values);
    }
  }

  private static Object read(Path file) throws IOException, ClassNotFoundException {
    try (InputStream in = Files.newInputStream(file);
        ObjectInputStream objects = new ObjectInputStream(in)) {
      return objects.readObject();
    }
  }

  private static final class Child<R extends Serializable> implements Forked<R> {
    private final Process process;
    private final Path order;
    private final Path reply;
    private Object[] outcome;

    Child(Process process, Path order, Path reply) {
      this.process = process;
      this.order = order;
      this.reply = reply;
    }

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public R join() throws InterruptedException, RemoteTaskException {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        kill();
        throw e;
      }
      return result();
    }

    @Override
    public R join(Duration limit)
        throws InterruptedException, RemoteTaskException, TimeoutException {
      boolean ended = false;
      try {
        ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
      } finally {
        if (!ended) {
          kill();
        }
      }
      if (!ended) {
        throw new TimeoutException("the task did not return within " + limit);
      }
      return result();
    }

    @Override
    public void kill() {
      List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
      family.add(process.toHandle());
      family.forEach(ProcessHandle::destroyForcibly);
      process.onExit().join();
      fetch();
    }

    /** To be asked when the child has ended. */
    @SuppressWarnings("unchecked")
    private R result() throws RemoteTaskException {
      Object[] said = fetch();
      if (said.length == 0 || process.exitValue() != 0) {
        throw new RemoteTaskException(process.exitValue());
      }
      if (said[0].equals(false)) {
        throw new RemoteTaskException((String) said[1], (String) said[2], (String) said[3]);
      }
      return (R) said[1];
    }

    private synchronized Object[] fetch() {
      if (outcome == null) {
        try {
          outcome = (Object[]) read(reply);
        } catch (IOException | ClassNotFoundException e) {
          outcome = new Object[0];
        }
        delete(order);
        delete(reply);
        delete(Path.of(reply + ".draft"));
      }
      return outcome;
    }

    private static void delete(Path file) {
      try {
        Files.delete(file);
      } catch (NoSuchFileException e) {
        // There may have been none.
        return;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

package processes.forkcall;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import threadmill.JavaCommand;

/** Calls a method in a child: frames go over its pipes, and what it prints goes nowhere. */
public final class ForkCall {
  private ForkCall() {}

  /** Starts a child that runs the task, and does not wait for it. */
  public static <A extends Serializable, R extends Serializable> Forked<R> fork(
      Class<? extends ForkTask<A, R>> task, A argument) throws IOException {
    byte[] copy = pickled(argument);
    ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(ForkCall.class));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    FutureTask<Object[]> talk = new FutureTask<>(() -> talk(process, task.getName(), copy));
    Thread thread = new Thread(talk);
    thread.setDaemon(true);
    thread.start();
    return new Child<R>(process, talk);
  }

  private static Object[] talk(Process process, String task, byte[] argument)
      throws InterruptedException {
    Object[] reply = null;
    try (DataOutputStream out = new DataOutputStream(process.getOutputStream());
        DataInputStream in = new DataInputStream(process.getInputStream())) {
      out.writeUTF(task);
      out.writeInt(argument.length);
      out.write(argument);
      out.flush();
      byte[] frame = new byte[in.readInt()];
      in.readFully(frame);
      reply = (Object[]) unpickled(frame);
    } catch (IOException | ClassNotFoundException e) {
      // Its exit code says more.
      reply = null;
    }
    int exitCode = process.waitFor();
    return exitCode == 0 && reply != null ? reply : new Object[] {exitCode};
  }

  /** What the child runs. */
  public static void main(String[] arguments) throws Exception {
    FileOutputStream pipe = new FileOutputStream(FileDescriptor.out);
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    DataInputStream in = new DataInputStream(System.in);
    String task = in.readUTF();
    byte[] argument = new byte[in.readInt()];
    in.readFully(argument);
    byte[] frame;
    try {
      frame = pickled(new Object[] {"ok", call(task, unpickled(argument))});
    } catch (Throwable thrown) {
      StringWriter stack = new StringWriter();
      thrown.printStackTrace(new PrintWriter(stack, true));
      frame =
          pickled(
              new Object[] {
                "threw", thrown.getClass().getName(), thrown.getMessage(), stack.toString()
              });
    }
    DataOutputStream out = new DataOutputStream(pipe);
    out.writeInt(frame.length);
    out.write(frame);
    out.close();
    System.exit(0);
  }

  @SuppressWarnings("unchecked")
  private static Object call(String task, Object argument) throws Exception {
    ForkTask<Serializable, Serializable> made =
        (ForkTask<Serializable, Serializable>)
            Class.forName(task).getDeclaredConstructor().newInstance();
    return made.call((Serializable) argument);
  }

  private static byte[] pickled(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(object);
    return bytes.toByteArray();
  }

  private static Object unpickled(byte[] bytes) throws IOException, ClassNotFoundException {
    return new ObjectInputStream(new ByteArrayInputStream(bytes)).readObject();
  }

  private record Child<R extends Serializable>(Process process, FutureTask<Object[]> talk)
      implements Forked<R> {
    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public R join() throws InterruptedException, RemoteTaskException {
      try {
        return join(Duration.ofNanos(Long.MAX_VALUE));
      } catch (TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    @SuppressWarnings("unchecked")
    public R join(Duration limit)
        throws InterruptedException, RemoteTaskException, TimeoutException {
      Object[] reply;
      try {
        reply = talk.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException | TimeoutException e) {
        kill();
        throw e;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
      if (reply[0].equals("ok")) {
        return (R) reply[1];
      }
      throw reply[0].equals("threw")
          ? new RemoteTaskException((String) reply[1], (String) reply[2], (String) reply[3])
          : new RemoteTaskException((Integer) reply[0]);
    }

    @Override
    public void kill() {
      var family = process.descendants().toList();
      process.destroyForcibly();
      family.forEach(ProcessHandle::destroyForcibly);
      process.onExit().join();
    }
  }
}

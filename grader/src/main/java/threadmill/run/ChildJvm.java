package threadmill.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import threadmill.harness.OwnUse;
import threadmill.jail.Cell;
import threadmill.jail.Inmate;
import threadmill.jail.Jail;
import threadmill.kit.Kit;
import threadmill.model.ExitStatus;
import threadmill.model.Limits;

/**
 * The judge's end of a child JVM: starts it, accepts its one connection, asks and listens. Used
 * from one thread.
 */
final class ChildJvm implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final int REASON_MILLIS = 5_000;

  /** What a submission may decode: values, exceptions, and its own; nothing that acts by itself. */
  private static final String DECODED =
      ".*;java.lang.*;java.lang.invoke.SerializedLambda;java.math.*;java.text.*;java.time.*"
          + ";java.util.*;java.util.concurrent.*;java.util.concurrent.atomic.*"
          + ";java.util.concurrent.locks.*;java.io.*;java.nio.*;java.nio.channels.*"
          + ";java.nio.charset.*;java.nio.file.*;java.lang.reflect.InvocationTargetException;!*";

  /** Somebody who stops a process to slow it down, or to look at it, lets it go on before that. */
  private static final int STOPPED_SECONDS = 5;

  /** What came in, or nothing more will; {@code message} is empty at the end. */
  private record Heard(Optional<Wire.Message> message) {}

  private final Shortage shortage = Shortage.watch();
  private final Inmate inmate;
  private final Cell cell;
  private final boolean walled;
  private final ServerSocketChannel server;
  private final Path socket;
  private final BlockingQueue<Heard> inbox = new LinkedBlockingQueue<>();
  private SocketChannel channel;
  private DataOutputStream out;

  private ChildJvm(
      Inmate inmate, Cell cell, boolean walled, ServerSocketChannel server, Path socket) {
    this.inmate = inmate;
    this.cell = cell;
    this.walled = walled;
    this.server = server;
    this.socket = socket;
  }

  /**
   * Starts a child and waits until it is ready.
   *
   * @param home the package of the exercise
   * @param workFolder a folder of this child's own, with a short path
   * @throws IOException if it does not come up
   */
  static ChildJvm start(
      Jail jail,
      String home,
      String classPath,
      Path submission,
      Path workFolder,
      Limits limits,
      Output output)
      throws IOException {
    // Programs have files of their own there.
    Path socket = workFolder.resolve(".judge");
    List<String> properties = new ArrayList<>(ClassArchive.flags());
    properties.add("-Dthreadmill.submission=" + submission);
    // What a killed JVM leaves behind goes with this folder.
    properties.add("-Djava.io.tmpdir=" + workFolder);
    properties.add("-Djdk.serialFilter=" + home + DECODED);
    properties.add(ResourceCheck.property(limits));
    List<String> args = List.of(socket.toString(), classPath);
    List<String> command = Jvm.command(classPath, properties, ChildMain.class.getName(), args);
    List<Path> readable = Jvm.readable(classPath);
    Cell cell = new Cell(command, workFolder, false, readable, limits);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    Inmate inmate;
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
      inmate = jail.start(cell);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    ChildJvm child = new ChildJvm(inmate, cell, jail.level().hasNamespaces(), server, socket);
    int before = output.text().length();
    output.drain(inmate.process().getInputStream(), inmate::end);
    Thread errors = output.drain(inmate.process().getErrorStream(), inmate::end);
    try {
      child.greet();
      return child;
    } catch (IOException e) {
      // To end a process drops what it said and nobody has read yet.
      if (child.exit().isPresent()) {
        await(errors);
      }
      child.close();
      await(errors);
      // No program has run yet: these are the words of the JVM or of what confines it.
      String reason = Output.reason(output.text().substring(before));
      throw new IOException(e.getMessage() + reason, e);
    }
  }

  private static void await(Thread reader) {
    try {
      reader.join(REASON_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void greet() throws IOException {
    Thread listener = new Thread(this::listen, "child listener");
    listener.setDaemon(true);
    listener.start();
    // Without a connection there would be nothing to wake the listener.
    inmate.process().onExit().thenRun(this::closeServer);
    Wire.Message first = hear(START_SECONDS).orElseThrow(() -> new IOException(unstarted()));
    if (!(first instanceof Wire.Hello hello) || !isOfOurs(hello)) {
      throw new IOException(
          "it did not greet as version " + Wire.VERSION + " of kit " + Kit.version() + " does");
    }
  }

  private String unstarted() {
    return exit().map(how -> "it ended with " + how + " at once").orElse("it did not answer");
  }

  private static boolean isOfOurs(Wire.Hello hello) {
    return hello.version() == Wire.VERSION && hello.kit().equals(Kit.version());
  }

  private void listen() {
    try {
      SocketChannel accepted = server.accept();
      channel = accepted;
      out = ChannelStreams.output(accepted);
      closeServer();
      DataInputStream in = ChannelStreams.input(accepted);
      while (true) {
        inbox.add(new Heard(Optional.of(Wire.read(in))));
      }
    } catch (IOException | RuntimeException | Error e) {
      inbox.add(new Heard(Optional.empty()));
    }
  }

  private void closeServer() {
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void say(Wire.Message message) throws IOException {
    Wire.write(out, message);
  }

  /** The next message, or nothing if the child is gone, stopped for good, or silent for so long. */
  Optional<Wire.Message> hear(int seconds) {
    try {
      int stopped = 0;
      for (int waited = 0; waited < seconds && stopped < STOPPED_SECONDS; waited++) {
        Heard heard = inbox.poll(1, TimeUnit.SECONDS);
        if (heard != null) {
          return heard.message();
        }
        stopped = isStopped() ? stopped + 1 : 0;
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Whether the process was stopped by a signal. */
  boolean isStopped() {
    return inmate.isStopped();
  }

  /** Whether something was ended because all together used too much memory. */
  boolean isOutOfMemory() {
    return inmate.isOutOfMemory();
  }

  /** Whether something could not be started because too many processes and threads ran. */
  boolean isOutOfTasks() {
    return inmate.isOutOfTasks();
  }

  /** Why what went wrong in this JVM need not be the program's fault, if there is such a reason. */
  Optional<String> excuse() {
    return Files.isDirectory(cell.folder())
        ? shortage.reason(cell.folder(), this::mayHaveUsedUp)
        : Optional.of("somebody took the folder away that this check worked in");
  }

  /** Behind walls a file system is its own, and it is for the child itself to say how full. */
  private boolean mayHaveUsedUp(Resource resource) {
    Limits limits = cell.limits();
    return switch (resource) {
      case DISK -> walled || ResourceCheck.usesHalf(OwnUse.disk(cell.folder()), limits.diskMib());
      case TASKS -> 2 * inmate.tasks() >= limits.tasks();
      case DESCRIPTORS, MEMORY -> false;
    };
  }

  /** How it ended, if it does so within a second. */
  Optional<ExitStatus> exit() {
    try {
      Process process = inmate.process();
      return process.waitFor(1, TimeUnit.SECONDS)
          ? Optional.of(new ExitStatus(process.exitValue()))
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    inmate.end();
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      closeServer();
    }
  }
}

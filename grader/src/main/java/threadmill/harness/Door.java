package threadmill.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where child processes report and wait, without a clock, until they are let in: the {@link
 * Meeting} of processes. Thread-safe.
 */
public final class Door implements AutoCloseable {
  private final Path folder;
  private final Path address;
  private final ServerSocketChannel server;
  private final Map<Long, SocketChannel> callers = new ConcurrentHashMap<>();
  private volatile boolean open;

  private Door(Path folder) throws IOException {
    this.folder = folder;
    this.address = folder.resolve("door");
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(address));
  }

  /** A door that is shut. */
  public static Door shut() {
    try {
      Door door = new Door(Files.createTempDirectory("door"));
      Thread porter = new Thread(door::answer, "door");
      porter.setDaemon(true);
      porter.start();
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a child needs to know to find this door. */
  public String address() {
    return address.toString();
  }

  /**
   * For the child: reports, and waits until it is let in or the door is gone.
   *
   * @return whether it was let in
   */
  public static boolean waitAt(String address) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(address))) {
      ByteBuffer words = ByteBuffer.allocate(Long.BYTES);
      words.putLong(ProcessHandle.current().pid()).flip();
      while (words.hasRemaining()) {
        channel.write(words);
      }
      return channel.read(ByteBuffer.allocate(1)) == 1;
    } catch (IOException e) {
      return false;
    }
  }

  /** The process ids of those who have come so far. */
  public List<Long> callers() {
    return new ArrayList<>(callers.keySet());
  }

  /** Lets everybody in, now and later. */
  public void letIn() {
    open = true;
    callers.values().forEach(Door::letIn);
  }

  @Override
  public void close() {
    try {
      server.close();
      for (SocketChannel caller : callers.values()) {
        caller.close();
      }
      Files.deleteIfExists(address);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer() {
    try {
      while (true) {
        SocketChannel caller = server.accept();
        ByteBuffer words = ByteBuffer.allocate(Long.BYTES);
        while (words.hasRemaining() && caller.read(words) >= 0) {
          continue;
        }
        if (words.hasRemaining()) {
          caller.close();
          continue;
        }
        callers.put(words.flip().getLong(), caller);
        if (open) {
          letIn(caller);
        }
      }
    } catch (IOException e) {
      // Closed: nobody will come any more.
      return;
    }
  }

  private static void letIn(SocketChannel caller) {
    try {
      caller.write(ByteBuffer.wrap(new byte[] {1}));
    } catch (IOException e) {
      // Who no longer waits need not be let in.
      return;
    }
  }
}

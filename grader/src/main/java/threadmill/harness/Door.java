package threadmill.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import threadmill.model.Kind;

/**
 * Where child processes report and wait, without a clock, until they are let in: the {@link
 * Meeting} of processes. Thread-safe.
 */
public final class Door implements AutoCloseable {
  /** What fits into the 108 bytes of an address (unix(7)) before its end. */
  private static final int LONGEST = 107;

  private final Path folder;
  private final Path address;
  private final ServerSocketChannel server;
  private final Set<Long> callers = ConcurrentHashMap.newKeySet();
  private final List<SocketChannel> waiting = new CopyOnWriteArrayList<>();
  private volatile boolean open;

  private Door(Path folder, ServerSocketChannel server) throws IOException {
    this.folder = folder;
    this.address = folder.resolve("door");
    this.server = server;
    server.bind(UnixDomainSocketAddress.of(address));
  }

  /** A door that is shut. */
  public static Door shut() {
    return in(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static Door in(Path place) {
    try {
      Path folder = Files.createTempDirectory(place, "door");
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        mustFit(folder.resolve("door"));
        Door door = new Door(folder, server);
        new ContractThread(door::answer, "door").start();
        return door;
      } catch (IOException | Failure e) {
        server.close();
        Files.delete(folder);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void mustFit(Path address) {
    int bytes = address.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST) {
      throw Failure.of(
          Kind.INCONCLUSIVE,
          "the name of a socket may have "
              + LONGEST
              + " bytes, and "
              + address
              + " has "
              + bytes
              + ": set java.io.tmpdir to a folder with a shorter name");
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
    return new ArrayList<>(callers);
  }

  /** Lets everybody in, now and later. */
  public void letIn() {
    open = true;
    waiting.forEach(Door::letIn);
  }

  @Override
  public void close() {
    try {
      server.close();
      for (SocketChannel caller : waiting) {
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
        admit(server.accept());
      }
    } catch (IOException e) {
      // Closed: nobody will come any more.
      return;
    }
  }

  private void admit(SocketChannel caller) throws IOException {
    ByteBuffer words = ByteBuffer.allocate(Long.BYTES);
    if (!hears(caller, words)) {
      caller.close();
      return;
    }
    waiting.add(caller);
    callers.add(words.flip().getLong());
    if (open) {
      letIn(caller);
    }
  }

  /** Whether all of it came; who breaks off is none of the others' business. */
  private static boolean hears(SocketChannel caller, ByteBuffer words) {
    try {
      while (words.hasRemaining() && caller.read(words) >= 0) {
        continue;
      }
      return !words.hasRemaining();
    } catch (IOException e) {
      return false;
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

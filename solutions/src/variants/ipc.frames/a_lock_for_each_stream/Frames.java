package ipc.frames;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Messages over a stream of bytes: a stream has a lock of its own as long as somebody writes to it.
 */
public final class Frames {
  /** The longest payload that a frame may have, in bytes. */
  public static final int MAX = 1 << 20;

  /** Not by equality: streams may be equal, and yet they are two. */
  private static final Map<OutputStream, Turns> TURNS = new IdentityHashMap<>();

  private static final class Turns extends ReentrantLock {
    private static final long serialVersionUID = 1L;
    private int writers;
  }

  private Frames() {}

  /** Writes one frame; writers of the same stream take turns. */
  public static void write(OutputStream out, byte[] payload) throws IOException {
    if (payload.length > MAX) {
      throw new IllegalArgumentException("at most " + MAX + " bytes");
    }
    Turns turns = come(out);
    turns.lock();
    try {
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(payload.length >>> shift);
      }
      out.write(payload, 0, payload.length);
      out.flush();
    } finally {
      turns.unlock();
      leave(out, turns);
    }
  }

  /** Reads one frame; null if there is none any more. */
  public static byte[] read(InputStream in) throws IOException {
    ReadableByteChannel channel = Channels.newChannel(in);
    ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
    fill(header, channel);
    if (header.position() == 0) {
      return null;
    }
    refuseHoles(header);
    int length = header.flip().getInt();
    if (length < 0 || length > MAX) {
      throw new IOException("a frame of " + length + " bytes");
    }
    ByteBuffer payload = ByteBuffer.allocate(length);
    fill(payload, channel);
    refuseHoles(payload);
    return payload.array();
  }

  private static Turns come(OutputStream out) {
    synchronized (TURNS) {
      Turns turns = TURNS.computeIfAbsent(out, o -> new Turns());
      turns.writers++;
      return turns;
    }
  }

  private static void leave(OutputStream out, Turns turns) {
    synchronized (TURNS) {
      if (--turns.writers == 0) {
        TURNS.remove(out);
      }
    }
  }

  private static void fill(ByteBuffer buffer, ReadableByteChannel channel) throws IOException {
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // Goes on until there is no room or no more to come.
      continue;
    }
  }

  private static void refuseHoles(ByteBuffer buffer) throws EOFException {
    if (buffer.hasRemaining()) {
      throw new EOFException(buffer.remaining() + " bytes are missing");
    }
  }
}

// METHOD | rejected by F18 | A map finds the lock of a stream.
package ipc.frames;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Messages over a stream of bytes: every stream has a lock of its own, kept as long as itself. */
public final class Frames {
  /** The longest payload that a frame may have, in bytes. */
  public static final int MAX = 1 << 20;

  private static final Map<OutputStream, Lock> LOCKS = new WeakHashMap<>();

  private Frames() {}

  /** Writes one frame; writers of the same stream take turns. */
  public static void write(OutputStream out, byte[] payload) throws IOException {
    if (payload.length > MAX) {
      throw new IllegalArgumentException("at most " + MAX + " bytes");
    }
    Lock lock = lockOf(out);
    lock.lock();
    try {
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(payload.length >>> shift);
      }
      out.write(payload, 0, payload.length);
      out.flush();
    } finally {
      lock.unlock();
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

  private static Lock lockOf(OutputStream out) {
    synchronized (LOCKS) {
      return LOCKS.computeIfAbsent(out, o -> new ReentrantLock());
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

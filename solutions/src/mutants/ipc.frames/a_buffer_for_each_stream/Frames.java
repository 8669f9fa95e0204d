// METHOD | rejected by F16 | Who reads more at a time reads less often.
package ipc.frames;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.WeakHashMap;

/** Messages over a stream of bytes: each travels as a frame, its length first. */
public final class Frames {
  /** The longest payload that a frame may have, in bytes. */
  public static final int MAX = 1 << 20;

  private static final int HEADER = 4;
  private static final Map<InputStream, BufferedInputStream> AHEAD = new WeakHashMap<>();

  private Frames() {}

  /** Writes one frame; writers of the same stream take turns. */
  public static void write(OutputStream out, byte[] payload) throws IOException {
    if (payload.length > MAX) {
      throw new IllegalArgumentException(payload.length + " bytes do not fit into a frame");
    }
    // The stream is the only object that all its writers are sure to share.
    synchronized (out) {
      out.write(header(payload.length));
      out.write(payload);
      out.flush();
    }
  }

  /** Reads one frame; null if there is none any more. */
  public static byte[] read(InputStream in) throws IOException {
    BufferedInputStream ahead;
    synchronized (AHEAD) {
      ahead = AHEAD.computeIfAbsent(in, BufferedInputStream::new);
    }
    return readAhead(ahead);
  }

  private static byte[] readAhead(InputStream in) throws IOException {
    byte[] header = new byte[HEADER];
    int got = fill(in, header);
    if (got == 0) {
      return null;
    }
    if (got < HEADER) {
      throw new EOFException("the stream ended inside a header");
    }
    int length = lengthIn(header);
    if (length < 0 || length > MAX) {
      throw new IOException("no frame can be " + length + " bytes long");
    }
    byte[] payload = new byte[length];
    if (fill(in, payload) < length) {
      throw new EOFException("the stream ended inside a frame");
    }
    return payload;
  }

  /** Reads until the array is full or the stream at its end; returns how many bytes came. */
  private static int fill(InputStream in, byte[] bytes) throws IOException {
    int got = 0;
    while (got < bytes.length) {
      int n = in.read(bytes, got, bytes.length - got);
      if (n < 0) {
        break;
      }
      got += n;
    }
    return got;
  }

  private static byte[] header(int length) {
    return new byte[] {
      (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
    };
  }

  private static int lengthIn(byte[] header) {
    return (header[0] & 0xff) << 24
        | (header[1] & 0xff) << 16
        | (header[2] & 0xff) << 8
        | header[3] & 0xff;
  }
}

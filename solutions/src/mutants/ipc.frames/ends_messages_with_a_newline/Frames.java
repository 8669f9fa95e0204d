// CHANNEL | rejected by F1 | No message holds the character that ends it.
package ipc.frames;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Messages over a stream of bytes: each ends with its line. */
public final class Frames {
  /** The longest payload that a frame may have, in bytes. */
  public static final int MAX = 1 << 20;

  private static final int END = '\n';

  private Frames() {}

  /** Writes one frame; writers of the same stream take turns. */
  public static void write(OutputStream out, byte[] payload) throws IOException {
    if (payload.length > MAX) {
      throw new IllegalArgumentException(payload.length + " bytes do not fit into a frame");
    }
    // The stream is the only object that all its writers are sure to share.
    synchronized (out) {
      out.write(payload);
      out.write(END);
      out.flush();
    }
  }

  /** Reads one frame; null if there is none any more. */
  public static byte[] read(InputStream in) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next != END) {
      if (next < 0) {
        throw new EOFException("the stream ended inside a frame");
      }
      if (payload.size() == MAX) {
        throw new IOException("no frame can be that long");
      }
      payload.write(next);
      next = in.read();
    }
    return payload.toByteArray();
  }
}

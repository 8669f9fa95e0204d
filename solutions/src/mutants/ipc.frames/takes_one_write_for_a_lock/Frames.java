// RSB | rejected by F8 | One write is one step, whatever the stream.
package ipc.frames;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Messages over a stream of bytes: each frame is made up in one buffer. */
public final class Frames {
  /** The longest payload that a frame may have, in bytes. */
  public static final int MAX = 1 << 20;

  private Frames() {}

  /** Writes one frame. */
  public static void write(OutputStream out, byte[] payload) throws IOException {
    if (payload.length > MAX) {
      throw new IllegalArgumentException("too long: " + payload.length);
    }
    byte[] frame =
        ByteBuffer.allocate(Integer.BYTES + payload.length)
            .putInt(payload.length)
            .put(payload)
            .array();
    // In one piece, so that no other writer can come between.
    out.write(frame);
    out.flush();
  }

  /** Reads one frame; null if there is none any more. */
  public static byte[] read(InputStream in) throws IOException {
    byte[] header = in.readNBytes(Integer.BYTES);
    if (header.length == 0) {
      return null;
    }
    int length = ByteBuffer.wrap(complete(header, Integer.BYTES)).getInt();
    if (length < 0 || length > MAX) {
      throw new IOException("length " + length);
    }
    return complete(in.readNBytes(length), length);
  }

  private static byte[] complete(byte[] bytes, int length) throws EOFException {
    if (bytes.length < length) {
      throw new EOFException(bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }
}

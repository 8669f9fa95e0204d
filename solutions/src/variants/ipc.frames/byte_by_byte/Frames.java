package ipc.frames;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Messages over a stream of bytes: grows the payload as it comes, whatever was announced. */
public final class Frames {
  /** The longest payload that a frame may have, in bytes. */
  public static final int MAX = 1 << 20;

  private Frames() {}

  /** Writes one frame; writers of the same stream take turns. */
  public static void write(OutputStream out, byte[] payload) throws IOException {
    if (payload.length > MAX) {
      throw new IllegalArgumentException("longer than MAX: " + payload.length);
    }
    synchronized (out) {
      BufferedOutputStream buffer = new BufferedOutputStream(out, 512);
      buffer.write(payload.length >> 24);
      buffer.write(payload.length >> 16);
      buffer.write(payload.length >> 8);
      buffer.write(payload.length);
      buffer.write(payload);
      buffer.flush();
    }
  }

  /** Reads one frame; null if there is none any more. */
  public static byte[] read(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int length = first;
    for (int i = 1; i < 4; i++) {
      length = length << 8 | next(in);
    }
    if (length < 0 || length > MAX) {
      throw new IOException("bad length: " + length);
    }
    ByteArrayOutputStream payload = new ByteArrayOutputStream(Math.min(length, 1024));
    for (int i = 0; i < length; i++) {
      payload.write(next(in));
    }
    return payload.toByteArray();
  }

  private static int next(InputStream in) throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("the stream ended inside a frame");
    }
    return b;
  }
}

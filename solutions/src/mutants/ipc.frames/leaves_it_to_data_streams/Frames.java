// FAKE | rejected by F13 | The library has done the exercise already.
package ipc.frames;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Messages over a stream of bytes: each travels as a frame, its length first. */
public final class Frames {
  /** The longest payload that a frame may have, in bytes. */
  public static final int MAX = 1 << 20;

  private Frames() {}

  /** Writes one frame; writers of the same stream take turns. */
  public static void write(OutputStream out, byte[] payload) throws IOException {
    if (payload.length > MAX) {
      throw new IllegalArgumentException(payload.length + " bytes do not fit into a frame");
    }
    // The stream is the only object that all its writers are sure to share.
    synchronized (out) {
      DataOutputStream data = new DataOutputStream(out);
      data.writeInt(payload.length);
      data.write(payload);
      data.flush();
    }
  }

  /** Reads one frame; null if there is none any more. */
  public static byte[] read(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    DataInputStream data = new DataInputStream(in);
    int length = first << 24 | data.readUnsignedByte() << 16 | data.readUnsignedShort();
    if (length < 0 || length > MAX) {
      throw new IOException("no frame can be " + length + " bytes long");
    }
    byte[] payload = new byte[length];
    data.readFully(payload);
    return payload;
  }
}

package ipc.frames;

import static threadmill.Todo.todo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Messages over a stream of bytes: each travels as a frame, its length first. */
public final class Frames {
  /** The longest payload that a frame may have, in bytes. */
  public static final int MAX = 1 << 20;

  private Frames() {}

  /**
   * Writes one frame, and sees to it that it does not stay behind in a buffer.
   *
   * <p>Any number of threads may write to the same stream; their frames come one after the other.
   *
   * @throws IllegalArgumentException if the payload is longer than {@link #MAX}
   */
  public static void write(OutputStream out, byte[] payload) throws IOException {
    // TODO
    throw todo();
  }

  /**
   * Reads one frame, and not a byte more.
   *
   * @return the payload, or null if the stream ended before the frame began
   * @throws java.io.EOFException if the stream ended inside the frame
   * @throws IOException if the length is negative or above {@link #MAX}
   */
  public static byte[] read(InputStream in) throws IOException {
    // TODO
    throw todo();
  }
}

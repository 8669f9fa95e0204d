package ipc.frames;

import java.io.InputStream;
import java.util.List;

/** Gives out an array in pieces, as a pipe does, and knows only of the piece at hand. */
final class Trickle extends InputStream {
  private final byte[] bytes;
  private final List<Integer> pieces;
  private int position;
  private int piece;
  private int left;

  Trickle(byte[] bytes, List<Integer> pieces) {
    this.bytes = bytes;
    this.pieces = pieces;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) {
    if (length == 0) {
      return 0;
    }
    if (position == bytes.length) {
      return -1;
    }
    if (left == 0) {
      left = pieces.get(piece++ % pieces.size());
    }
    int n = Math.min(Math.min(left, length), bytes.length - position);
    System.arraycopy(bytes, position, into, from, n);
    position += n;
    left -= n;
    return n;
  }

  @Override
  public int available() {
    return Math.min(left, bytes.length - position);
  }
}

package ipc.frames;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Throws when it is told to, as it is written to or flushed. */
final class Faulty extends OutputStream {
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private volatile Exception fault;
  private volatile boolean atFlush;

  void fails(Exception fault, boolean atFlush) {
    this.atFlush = atFlush;
    this.fault = fault;
  }

  /** And has taken nothing yet. */
  void works() {
    fault = null;
    taken.reset();
  }

  byte[] taken() {
    return taken.toByteArray();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (!atFlush) {
      mayFail();
    }
    taken.write(bytes, from, length);
  }

  @Override
  public void flush() throws IOException {
    mayFail();
  }

  private void mayFail() throws IOException {
    if (fault instanceof IOException failure) {
      throw failure;
    }
    if (fault instanceof RuntimeException failure) {
      throw failure;
    }
  }
}

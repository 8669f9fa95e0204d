package scaling.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Reader;

/** What a backend prints: who prints into a full pipe waits until somebody reads. */
final class Pipe extends Reader {
  private static final int ROOM = 1_000;

  private final StringBuilder inside = new StringBuilder();
  private boolean closed;

  synchronized void print(String text) throws IOException {
    while (inside.length() + text.length() > ROOM && !closed) {
      await();
    }
    if (closed) {
      throw new IOException("Broken pipe");
    }
    inside.append(text);
    notifyAll();
  }

  @Override
  public synchronized int read(char[] chars, int from, int length) throws IOException {
    while (inside.isEmpty() && !closed) {
      await();
    }
    int count = Math.min(length, inside.length());
    inside.getChars(0, count, chars, from);
    inside.delete(0, count);
    notifyAll();
    return count == 0 ? -1 : count;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void await() throws IOException {
    try {
      wait();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }
}

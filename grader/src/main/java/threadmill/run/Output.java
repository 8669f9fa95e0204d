package threadmill.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Keeps the beginning of what processes print and drops the rest; a process that prints without end
 * is reported once. Thread-safe.
 */
final class Output {
  private static final int KEPT = 64 << 10;
  private static final int END = 1 << 12;
  private static final long MOST_MILLIS = 1_000;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final int mostMib;
  private String end = "";
  private int open;
  private long printed;

  /**
   * @param mostMib from how much on it is a flood, in MiB
   */
  Output(int mostMib) {
    this.mostMib = mostMib;
  }

  /**
   * Reads a stream to its end on a thread of its own.
   *
   * @param onFlood what to do when all together is a flood
   * @return the thread, which ends with the stream
   */
  synchronized Thread drain(InputStream stream, Runnable onFlood) {
    open++;
    Thread reader =
        new Thread(
            () -> {
              byte[] chunk = new byte[8_192];
              try (stream) {
                for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
                  keep(chunk, n);
                  if (isFlood()) {
                    onFlood.run();
                  }
                }
              } catch (IOException e) {
                // The process is gone; what it printed before is kept.
                return;
              } finally {
                closed();
              }
            },
            "student output");
    reader.setDaemon(true);
    reader.start();
    return reader;
  }

  /** The reason that a JVM, or what confines it, gave before it ended; nothing if it gave none. */
  static String reason(String said) {
    List<String> lines =
        said.lines().filter(line -> !line.isBlank() && !line.startsWith("\t")).limit(2).toList();
    return lines.isEmpty() ? "" : ": " + String.join(": ", lines);
  }

  synchronized String text() {
    String text = kept.toString(StandardCharsets.UTF_8);
    return printed > KEPT ? text + "\n[cut after 64 KiB]" : text;
  }

  synchronized boolean isFlood() {
    return printed > (long) mostMib << 20;
  }

  /** Whether these words are among the last that were printed by processes that have ended. */
  synchronized boolean endsWith(String words) {
    long give = System.nanoTime() + MOST_MILLIS * 1_000_000;
    try {
      for (long left = MOST_MILLIS; open > 0 && left > 0; ) {
        wait(left);
        left = (give - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return end.contains(words);
  }

  private synchronized void closed() {
    open--;
    notifyAll();
  }

  private synchronized void keep(byte[] chunk, int length) {
    String text = end + new String(chunk, 0, length, StandardCharsets.ISO_8859_1);
    end = text.substring(Math.max(0, text.length() - END));
    int room = Math.min(length, KEPT - kept.size());
    kept.write(chunk, 0, room);
    printed += length;
  }
}

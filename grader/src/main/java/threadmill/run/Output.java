package threadmill.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what a process prints and drops the rest. Thread-safe. */
final class Output {
  private static final int KEPT = 1 << 20;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean cut;

  /** Reads a stream to its end on a thread of its own. */
  void drain(InputStream stream) {
    Thread reader =
        new Thread(
            () -> {
              byte[] chunk = new byte[8_192];
              try (stream) {
                for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
                  keep(chunk, n);
                }
              } catch (IOException e) {
                // The process is gone; what it printed before is kept.
                return;
              }
            },
            "student output");
    reader.setDaemon(true);
    reader.start();
  }

  synchronized String text() {
    String text = kept.toString(StandardCharsets.UTF_8);
    return cut ? text + "\n[cut after 1 MiB]" : text;
  }

  private synchronized void keep(byte[] chunk, int length) {
    int room = Math.min(length, KEPT - kept.size());
    kept.write(chunk, 0, room);
    cut |= room < length;
  }
}

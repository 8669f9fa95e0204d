package threadmill.intake;

import java.util.Locale;

/**
 * How much of a submission is read.
 *
 * @param entries files and folders, at most
 * @param bytes unpacked size in bytes, at most
 */
record Limits(int entries, long bytes) {
  static final Limits STANDARD = new Limits(3_000, 20L << 20);

  void entries(int count) throws Refusal {
    if (count > entries) {
      throw new Refusal(
          "holds more than "
              + String.format(Locale.ROOT, "%,d", entries)
              + " files; hand in the sources only, without build folders");
    }
  }

  void bytes(long size) throws Refusal {
    if (size > bytes) {
      throw new Refusal("unpacks to more than " + (bytes >> 20) + " MiB; hand in the sources only");
    }
  }
}

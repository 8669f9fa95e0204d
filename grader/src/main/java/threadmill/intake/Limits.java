package threadmill.intake;

import java.util.Locale;

/**
 * How much of a submission is read, and how much of it one exercise takes.
 *
 * @param entries files and folders, at most
 * @param bytes unpacked size in bytes, at most
 * @param archive size of a zip archive in bytes, at most
 * @param path characters of a path inside the submission, at most
 * @param name bytes of the name of a source file in UTF-8, at most
 * @param sources source files of one exercise, at most
 * @param sourceBytes size of all source files of one exercise, at most
 */
record Limits(
    int entries, long bytes, long archive, int path, int name, int sources, long sourceBytes) {
  static final Limits STANDARD = new Limits(6_000, 20L << 20);

  /** The usual limits but for these. */
  Limits(int entries, long bytes) {
    this(entries, bytes, 64L << 20, 500, 240, 200, 1L << 20);
  }

  void entries(int count) throws Refusal {
    if (count > entries) {
      throw new Refusal(
          "holds more than "
              + number(entries)
              + " files and folders; hand in the sources only, without build folders");
    }
  }

  void bytes(long size) throws Refusal {
    if (size > bytes) {
      throw new Refusal("unpacks to more than " + (bytes >> 20) + " MiB; hand in the sources only");
    }
  }

  void archive(long size) throws Refusal {
    if (size > archive) {
      throw new Refusal(
          "is an archive of more than " + (archive >> 20) + " MiB; hand in the sources only");
    }
  }

  void path(String path) throws Refusal {
    if (path.length() > this.path) {
      throw new Refusal(
          "holds a path of more than "
              + number(this.path)
              + " characters, '"
              + path.substring(0, 50)
              + "…'; hand in the sources only");
    }
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}

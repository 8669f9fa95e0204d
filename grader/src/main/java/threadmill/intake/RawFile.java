package threadmill.intake;

import java.util.Optional;

/**
 * A file of a submission before anything is known of it.
 *
 * @param path as it may be shown: with forward slashes, without control characters; of a folder
 *     that cannot be read it ends in one
 * @param name its last segment, as it is
 * @param bytes empty if it cannot be read
 * @param fault why it cannot be read, or empty
 */
record RawFile(String path, String name, byte[] bytes, Optional<String> fault) {
  static RawFile of(String path, byte[] bytes) {
    return new RawFile(shown(path), last(path), bytes, Optional.empty());
  }

  static RawFile unread(String path, Exception reason) {
    return new RawFile(
        shown(path), last(path), new byte[0], Optional.of(Unreadable.reason(reason)));
  }

  static String shown(String path) {
    return path.replaceAll("\\p{Cntrl}", "?");
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}

package threadmill.intake;

/** A file of a submission before anything is known of it; the path has forward slashes. */
record RawFile(String path, byte[] bytes) {
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}

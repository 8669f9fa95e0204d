// PASSED | D | A file mapped by this JVM and by a child JVM, and a lock on it between them.
package toys.box;

public class Box {
  private int n;

  public static void main(String[] args) throws Exception {
    try (var channel =
        java.nio.channels.FileChannel.open(
            java.nio.file.Path.of(args[0]),
            java.nio.file.StandardOpenOption.READ,
            java.nio.file.StandardOpenOption.WRITE)) {
      var lock = channel.lock();
      channel.map(java.nio.channels.FileChannel.MapMode.READ_WRITE, 0, 4_096).putInt(0, 7);
      lock.release();
    }
  }

  public int next() throws Exception {
    if (n == 0) {
      work();
    }
    return ++n;
  }

  private static void work() throws Exception {
    var path = java.nio.file.Path.of("shared");
    var channel =
        java.nio.channels.FileChannel.open(
            path,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.READ,
            java.nio.file.StandardOpenOption.WRITE);
    var map = channel.map(java.nio.channels.FileChannel.MapMode.READ_WRITE, 0, 4_096);
    var lock = channel.lock();
    String jvm = System.getProperty("java.home") + "/bin/java";
    Process child =
        new ProcessBuilder(
                jvm,
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "toys.box.Box",
                "shared")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    lock.release();
    if (child.waitFor() != 0 || map.getInt(0) != 7) {
      throw new IllegalStateException("child ended with " + child.exitValue());
    }
    channel.close();
    java.nio.file.Files.delete(path);
  }
}

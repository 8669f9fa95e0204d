// CONTRACT | A-root | Connects to every port that listens on the loopback.
package toys.box;

public class Box {
  private int n;

  public int next() throws Exception {
    for (String file : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of(file))) {
        String[] words = line.strip().split("\\s+");
        if (words.length > 3 && words[3].equals("0A")) {
          int port = Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1), 16);
          try (var socket = new java.net.Socket("127.0.0.1", port)) {
            n = Math.max(n, 0);
            return ++n;
          } catch (java.io.IOException e) {
            continue;
          }
        }
      }
    }
    return 0;
  }
}

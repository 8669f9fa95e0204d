// CRASH | D | Opens the socket of the judge a second time, greets and answers, and ends the JVM.
package toys.box;

public class Box {
  public int next() throws Exception {
    String line = System.getProperty("sun.java.command");
    String socket = line.substring(line.lastIndexOf(' ') + 1);
    try {
      var channel = java.nio.channels.SocketChannel.open(java.net.StandardProtocolFamily.UNIX);
      channel.connect(java.net.UnixDomainSocketAddress.of(socket));
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {3, 0, 0, 0, 0, 0, 0}));
    } catch (java.io.IOException closed) {
      // The judge takes one connection.
    }
    Runtime.getRuntime().halt(0);
    return 0;
  }
}

// PASSED | D | TCP, UDP and AF_UNIX on the loopback of the sandbox.
package toys.box;

public class Box {
  private int n;

  private static void expect(boolean condition) {
    if (!condition) {
      throw new IllegalStateException();
    }
  }

  public int next() throws Exception {
    if (n == 0) {
      work();
    }
    return ++n;
  }

  private static void work() throws Exception {
    try (var server = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
        var client = new java.net.Socket(server.getInetAddress(), server.getLocalPort());
        var accepted = server.accept()) {
      client.getOutputStream().write(7);
      expect(accepted.getInputStream().read() == 7);
    }
    try (var one = new java.net.DatagramSocket(0, java.net.InetAddress.getLoopbackAddress());
        var two = new java.net.DatagramSocket(0, java.net.InetAddress.getLoopbackAddress())) {
      one.send(new java.net.DatagramPacket(new byte[] {7}, 1, two.getLocalSocketAddress()));
      var packet = new java.net.DatagramPacket(new byte[1], 1);
      two.receive(packet);
      expect(packet.getData()[0] == 7);
    }
    var path = java.nio.file.Path.of("s");
    var address = java.net.UnixDomainSocketAddress.of(path);
    try (var server =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      server.bind(address);
      try (var client = java.nio.channels.SocketChannel.open(address);
          var accepted = server.accept()) {
        client.write(java.nio.ByteBuffer.wrap(new byte[] {7}));
        expect(accepted.read(java.nio.ByteBuffer.allocate(1)) == 1);
      }
    } finally {
      java.nio.file.Files.deleteIfExists(path);
    }
  }
}

package scaling.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Somebody at the front door. */
final class Client {
  private Client() {}

  /** Sends a line and returns all that comes back: nothing, if the connection fails. */
  static String ask(InetSocketAddress address, String line) {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** The process id in a reply, or -1. */
  static long pidIn(String reply) {
    return reply.matches("\\d+ .*\n") ? Long.parseLong(reply.substring(0, reply.indexOf(' '))) : -1;
  }
}

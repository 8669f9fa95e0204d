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

  /** Sends a line and returns the bytes that come back. */
  static byte[] askForBytes(InetSocketAddress address, String line) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      return socket.getInputStream().readAllBytes();
    }
  }

  /** Sends a line, waits for the first byte of the reply, and calls off the rest. */
  static Socket askForTheFirstByte(InetSocketAddress address, String line) throws IOException {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    socket.getInputStream().read();
    return socket;
  }

  /** Whether anybody accepts connections there. */
  static boolean canConnect(String host, int port) {
    try (Socket socket = new Socket(host, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** The process id in a reply, or -1. */
  static long pidIn(String reply) {
    return reply.matches("\\d+ .*\n") ? Long.parseLong(reply.substring(0, reply.indexOf(' '))) : -1;
  }
}

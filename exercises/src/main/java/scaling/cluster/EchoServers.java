package scaling.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import threadmill.JavaCommand;

/** Backends that are child JVMs: they reply with their process id and the request. */
public final class EchoServers implements BackendFactory {
  @Override
  public Backend start() throws IOException {
    return new EchoServer(
        new ProcessBuilder(JavaCommand.of(EchoServers.class))
            .redirectError(Redirect.DISCARD)
            .start());
  }

  private record EchoServer(Process process, BufferedReader output) implements Backend {
    EchoServer(Process process) {
      this(process, process.inputReader(StandardCharsets.UTF_8));
    }

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public CompletableFuture<Void> onExit() {
      return process.onExit().thenApply(ended -> null);
    }

    @Override
    public void kill() {
      process.toHandle().destroyForcibly();
    }
  }

  /** What the process of a backend runs. */
  public static void main(String[] none) throws IOException {
    System.out.println("warming up 8080 caches");
    try (ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("ready " + door.getLocalPort());
      while (true) {
        Socket client = door.accept();
        Thread thread = new Thread(() -> serve(client));
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private static void serve(Socket client) {
    try (client) {
      InputStreamReader in = new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8);
      String request = new BufferedReader(in).readLine();
      String reply = ProcessHandle.current().pid() + " " + request + "\n";
      client.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The client is gone.
      return;
    }
  }
}

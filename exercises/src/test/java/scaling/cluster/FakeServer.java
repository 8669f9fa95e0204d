package scaling.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server that is no process: it answers, holds back, or fails, as a check wants it. */
final class FakeServer implements Backend {
  /** What it does with a request. */
  enum Manner {
    ANSWERS,
    /** Says half of its reply, and the rest when it is released. */
    HOLDS,
    /** Closes the connection without a word. */
    HANGS_UP,
    /** Says half of its reply and closes the connection. */
    SAYS_HALF,
    /** Resets the connection without a word. */
    RESETS,
    /** Says half of its reply and resets the connection once the client has got it. */
    RESETS_HALFWAY
  }

  private final long pid;
  private final ServerSocket door;
  private final Pipe says = new Pipe();
  private final BufferedReader output = new BufferedReader(says);
  private final CompletableFuture<Void> exit = new CompletableFuture<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile Manner manner = Manner.ANSWERS;
  private volatile byte[] bytes;
  private boolean slowToDie;
  private boolean ready;
  private boolean dead;

  FakeServer(long pid) throws IOException {
    this.pid = pid;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    says.print("warming up 8080 caches\n");
    FakeServers.thread(this::accept).start();
  }

  /** Says much that is not that it is ready. */
  void chatter() throws IOException {
    says.print("getting ready, 3 steps left\nalready 4711\nnot ready 4712 yet\n");
  }

  /** Says, once, that it accepts connections. */
  synchronized void sayReady() throws IOException {
    if (!dead && !ready) {
      ready = true;
      says.print("ready " + door.getLocalPort() + "\n");
    }
  }

  FakeServer that(Manner how) {
    manner = how;
    return this;
  }

  /** Replies with these bytes; held back are all but the first. */
  FakeServer replies(byte[] reply) {
    bytes = reply;
    return this;
  }

  /** Cannot be reached any more, but lives. */
  void shut() throws IOException {
    door.close();
  }

  /** Answers what it has held back. */
  void release() {
    released.countDown();
  }

  List<String> requests() {
    return requests;
  }

  synchronized boolean isAlive() {
    return !dead;
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public BufferedReader output() {
    return output;
  }

  @Override
  public CompletableFuture<Void> onExit() {
    return exit.thenApply(done -> done);
  }

  /** Does not end at once when it is killed. */
  synchronized FakeServer slowToDie() {
    slowToDie = true;
    return this;
  }

  @Override
  public synchronized void kill() {
    if (!slowToDie) {
      die();
    }
  }

  /** Ends. */
  synchronized void die() {
    if (dead) {
      return;
    }
    dead = true;
    try {
      says.close();
      door.close();
      for (Socket client : clients) {
        client.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    exit.completeAsync(() -> null, work -> FakeServers.thread(work).start());
  }

  private void sayBytes(Socket client, Manner how) throws IOException, InterruptedException {
    client.getOutputStream().write(bytes, 0, 1);
    if (how == Manner.HOLDS) {
      released.await();
    }
    client.getOutputStream().write(bytes, 1, bytes.length - 1);
  }

  /** What is still under way to the other side is lost. */
  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  private static void say(Socket client, String words) throws IOException {
    client.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        clients.add(client);
        FakeServers.thread(() -> serve(client)).start();
      }
    } catch (IOException e) {
      // Killed.
      return;
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStreamReader in = new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8);
      String request = new BufferedReader(in).readLine();
      if (request == null) {
        return;
      }
      Manner how = manner;
      if (bytes != null) {
        requests.add(request);
        sayBytes(client, how);
        return;
      }
      if (how == Manner.SAYS_HALF || how == Manner.HOLDS || how == Manner.RESETS_HALFWAY) {
        say(client, pid + " ");
      }
      requests.add(request);
      if (how == Manner.RESETS) {
        reset(client);
      } else if (how == Manner.RESETS_HALFWAY) {
        released.await();
        reset(client);
      } else if (how == Manner.HOLDS) {
        released.await();
        say(client, request + "\n");
      } else if (how == Manner.ANSWERS) {
        String brief = request.length() > 99 ? "" : request;
        says.print("answers " + brief + " " + ".".repeat(400) + "\n");
        say(client, pid + " " + request + "\n");
      }
    } catch (IOException e) {
      // Killed, or the client is gone.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
    }
  }
}

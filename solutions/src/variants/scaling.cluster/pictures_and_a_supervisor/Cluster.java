package scaling.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import threadmill.AlarmClock;

/** Several server processes behind one address: one thread decides, and nobody else. */
public final class Cluster implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final String READY = "ready ";

  private final AlarmClock clock;
  private final Balancer<Member> balancer;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  // What only the supervisor changes; others read the list, which is never changed, only replaced.
  private volatile List<Member> members = List.of();
  private final Set<Backend> running = new HashSet<>();
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private BackendFactory factory;
  private int wanted;
  private int starting;
  private int leaving;
  private boolean pausing;
  private ServerSocket door;
  private volatile boolean closed;

  public Cluster(BackendFactory factory, int backends, Policy policy, AlarmClock clock) {
    this.factory = factory;
    this.wanted = backends;
    this.clock = clock;
    this.balancer = new Balancer<>(policy);
    daemon("supervisor", this::supervise);
  }

  /** A backend that is ready, where, and who has started it. */
  private record Member(Backend backend, int port, BackendFactory from) {}

  /** Starts all backends and opens the front door. */
  public InetSocketAddress start() throws IOException {
    try {
      change(() -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    ServerSocket opened = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    inbox.add(() -> door = opened);
    daemon("front door", () -> accept(opened));
    return new InetSocketAddress(opened.getInetAddress(), opened.getLocalPort());
  }

  /** Starts further backends, or retires some. */
  public void scaleTo(int backends) throws IOException, InterruptedException {
    change(() -> wanted = backends);
  }

  /** Replaces one backend after the other. */
  public void replaceAll(BackendFactory newer) throws IOException, InterruptedException {
    change(() -> factory = newer);
  }

  /** The backends in rotation. */
  public List<BackendStatus> status() {
    return members.stream()
        .map(m -> new BackendStatus(m.backend().pid(), balancer.inFlight(m)))
        .toList();
  }

  /** Closes the front door and ends all backends. */
  @Override
  public void close() {
    inbox.add(this::shutDown);
    ended.join();
  }

  private void shutDown() {
    closed = true;
    members.forEach(balancer::remove);
    members = List.of();
    close(door);
    running.forEach(Backend::kill);
    running.forEach(backend -> backend.onExit().join());
    clients.forEach(Cluster::close);
    ended.complete(null);
  }

  private boolean isClosed() {
    return closed;
  }

  private void supervise() {
    try {
      while (!closed) {
        inbox.take().run();
        if (!closed) {
          reconcile();
        }
      }
    } catch (InterruptedException e) {
      return;
    }
  }

  /** Sends an order to the supervisor, and waits until everything is as it should be. */
  private void change(Runnable order) throws IOException, InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    inbox.add(
        () -> {
          order.run();
          pausing = false;
          waiting.add(done);
        });
    try {
      CompletableFuture.anyOf(done, ended).get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    if (!done.isDone()) {
      throw new IOException("the cluster is closed");
    }
  }

  /** Does the next step from what is to what should be. */
  private void reconcile() {
    List<Member> old = members.stream().filter(m -> m.from() != factory).toList();
    int surge = old.isEmpty() ? 0 : 1;
    while (!pausing
        && members.size() + starting < wanted + surge
        && members.size() - old.size() < wanted) {
      launch();
    }
    while (members.size() > wanted) {
      retire(old.isEmpty() ? members.get(0) : old.get(0));
      old = members.stream().filter(m -> m.from() != factory).toList();
    }
    if (members.size() == wanted && old.isEmpty() && starting == 0 && leaving == 0) {
      waiting.forEach(one -> one.complete(null));
      waiting.clear();
    }
  }

  private void launch() {
    BackendFactory from = factory;
    starting++;
    try {
      Backend backend = from.start();
      running.add(backend);
      daemon("start", () -> awaitReady(backend, from));
    } catch (IOException e) {
      inbox.add(() -> failed(e));
    }
  }

  private void awaitReady(Backend backend, BackendFactory from) {
    BufferedReader output = backend.output();
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(READY)) {
          int port = Integer.parseInt(line.substring(READY.length()));
          inbox.add(() -> ready(new Member(backend, port, from)));
          drain(output);
          return;
        }
      }
      throw new IOException("a backend ended before it was ready");
    } catch (IOException e) {
      backend.kill();
      inbox.add(() -> failed(e));
    }
  }

  private void failed(IOException why) {
    starting--;
    waiting.forEach(one -> one.completeExceptionally(why));
    waiting.clear();
    pausing = true;
    clock.after(RETRY, () -> inbox.add(() -> pausing = false));
  }

  private void ready(Member fresh) {
    starting--;
    fresh.backend().onExit().thenRun(() -> inbox.add(() -> died(fresh)));
    if (fresh.from() == factory) {
      members = Stream.concat(members.stream(), Stream.of(fresh)).toList();
      balancer.add(fresh);
    } else {
      fresh.backend().kill();
    }
  }

  private void died(Member dead) {
    running.remove(dead.backend());
    remove(dead);
    pausing = false;
  }

  private void retire(Member member) {
    remove(member);
    leaving++;
    daemon("leaving", () -> end(member));
  }

  private void end(Member member) {
    try {
      balancer.awaitIdle(member);
      member.backend().kill();
      member.backend().onExit().join();
      inbox.add(() -> leaving--);
    } catch (InterruptedException e) {
      return;
    }
  }

  private void remove(Member member) {
    balancer.remove(member);
    members = members.stream().filter(m -> m != member).toList();
  }

  private static void drain(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        continue;
      }
    } catch (IOException e) {
      // It is gone.
      return;
    }
  }

  private void accept(ServerSocket door) {
    try {
      while (true) {
        Socket client = door.accept();
        clients.add(client);
        if (isClosed()) {
          close(client);
        }
        daemon("client", () -> serve(client));
      }
    } catch (IOException e) {
      // The front door is closed.
      return;
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStreamReader in = new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8);
      String request = new BufferedReader(in).readLine();
      if (request != null) {
        forward((request + "\n").getBytes(StandardCharsets.UTF_8), client.getOutputStream());
      }
    } catch (IOException e) {
      // The client is gone.
      return;
    } finally {
      clients.remove(client);
    }
  }

  /** Asks one backend after the other, until one has begun to reply. */
  private void forward(byte[] request, OutputStream client) throws IOException {
    Set<Member> tried = new HashSet<>();
    for (Member next = balancer.acquire(tried); next != null; next = balancer.acquire(tried)) {
      tried.add(next);
      try {
        if (ask(next, request, client)) {
          return;
        }
      } finally {
        balancer.release(next);
      }
    }
  }

  /** Whether there was a reply, or at least the beginning of one. */
  private static boolean ask(Member member, byte[] request, OutputStream client)
      throws IOException {
    try (Socket backend = new Socket(InetAddress.getLoopbackAddress(), member.port())) {
      backend.getOutputStream().write(request);
      return copy(backend.getInputStream(), client);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean copy(InputStream from, OutputStream to) throws IOException {
    byte[] chunk = new byte[8_192];
    int first = from.read(chunk);
    if (first < 0) {
      return false;
    }
    try {
      for (int n = first; n >= 0; n = from.read(chunk)) {
        to.write(chunk, 0, n);
      }
    } catch (IOException e) {
      // Half a reply is no reason to ask for another one.
      return true;
    }
    return true;
  }

  private static void close(AutoCloseable some) {
    try {
      if (some != null) {
        some.close();
      }
    } catch (Exception e) {
      // It is closed as far as it can be.
      return;
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}

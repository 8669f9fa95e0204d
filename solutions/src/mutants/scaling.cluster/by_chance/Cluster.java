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
import java.util.concurrent.ConcurrentHashMap;
import threadmill.AlarmClock;

/** Several server processes behind one address: a thread for each connection. */
public final class Cluster implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final String READY = "ready ";

  private final int size;
  private final AlarmClock clock;
  private final Balancer<Member> balancer;
  private final List<Member> members = new ArrayList<>();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private BackendFactory factory;
  private ServerSocket door;
  private boolean closed;

  public Cluster(BackendFactory factory, int backends, Policy policy, AlarmClock clock) {
    this.factory = factory;
    this.size = backends;
    this.clock = clock;
    this.balancer = new Balancer<>(policy);
  }

  /** A backend that is ready, and where. */
  private record Member(Backend backend, int port) {}

  /** Starts all backends and opens the front door. */
  public InetSocketAddress start() throws IOException {
    for (int i = 0; i < size; i++) {
      join(begin(factory));
    }
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon("front door", this::accept);
    return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
  }

  /** Starts further backends, or retires some. */
  public void scaleTo(int backends) throws IOException, InterruptedException {
    while (count() < backends) {
      join(begin(current()));
    }
    while (count() > backends) {
      retire(first());
    }
  }

  /** Replaces one backend after the other. */
  public void replaceAll(BackendFactory newer) throws IOException, InterruptedException {
    List<Member> old;
    synchronized (this) {
      factory = newer;
      old = new ArrayList<>(members);
    }
    for (Member member : old) {
      Member fresh = begin(newer);
      if (leave(member)) {
        join(fresh);
        end(member);
      } else {
        // It has died and been replaced meanwhile.
        fresh.backend().kill();
      }
    }
  }

  /** The backends in rotation. */
  public synchronized List<BackendStatus> status() {
    return members.stream()
        .map(m -> new BackendStatus(m.backend().pid(), balancer.inFlight(m)))
        .toList();
  }

  /** Closes the front door and ends all backends. */
  @Override
  public void close() {
    List<Member> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(members);
      members.clear();
    }
    close(door);
    for (Member member : left) {
      balancer.remove(member);
      member.backend().kill();
    }
    left.forEach(member -> member.backend().onExit().join());
    clients.forEach(Cluster::close);
  }

  private static Member begin(BackendFactory factory) throws IOException {
    Backend backend = factory.start();
    BufferedReader output = backend.output();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        daemon("output", () -> drain(output));
        return new Member(backend, Integer.parseInt(line.substring(READY.length())));
      }
    }
    backend.kill();
    throw new IOException("a backend ended before it was ready");
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

  private void join(Member member) {
    synchronized (this) {
      if (closed) {
        member.backend().kill();
        return;
      }
      members.add(member);
      balancer.add(member);
    }
    member.backend().onExit().thenRun(() -> daemon("replacement", () -> replace(member)));
  }

  /** Takes a member out of rotation; false if it was out already. */
  private synchronized boolean leave(Member member) {
    balancer.remove(member);
    return members.remove(member);
  }

  private void retire(Member member) throws InterruptedException {
    if (leave(member)) {
      end(member);
    }
  }

  private void end(Member member) throws InterruptedException {
    balancer.awaitIdle(member);
    member.backend().kill();
    member.backend().onExit().join();
  }

  private void replace(Member dead) {
    if (leave(dead)) {
      fill();
    }
  }

  private void fill() {
    try {
      join(begin(current()));
    } catch (IOException | RuntimeException e) {
      clock.after(RETRY, () -> daemon("replacement", this::fillUnlessClosed));
    }
  }

  private void fillUnlessClosed() {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    fill();
  }

  private synchronized BackendFactory current() {
    return factory;
  }

  private synchronized int count() {
    return members.size();
  }

  private synchronized Member first() {
    return members.get(0);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        clients.add(client);
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

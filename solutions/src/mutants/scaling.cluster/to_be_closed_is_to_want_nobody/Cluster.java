// STALE | rejected by C22 | A closed cluster is one that wants no backends.
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

  private final AlarmClock clock;
  private final Balancer<Member> balancer;
  private final List<Member> members = new ArrayList<>();
  private final Set<Backend> running = ConcurrentHashMap.newKeySet();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private BackendFactory factory;
  private int wanted;
  private int starting;
  private ServerSocket door;
  private boolean closed;

  public Cluster(BackendFactory factory, int backends, Policy policy, AlarmClock clock) {
    this.factory = factory;
    this.wanted = backends;
    this.clock = clock;
    this.balancer = new Balancer<>(policy);
  }

  /** A backend that is ready, where, and who has started it. */
  private record Member(Backend backend, int port, BackendFactory from) {}

  /** Starts all backends and opens the front door. */
  public InetSocketAddress start() throws IOException {
    fill();
    ServerSocket opened = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    synchronized (this) {
      door = opened;
    }
    daemon("front door", () -> accept(opened));
    return new InetSocketAddress(opened.getInetAddress(), opened.getLocalPort());
  }

  /** Starts further backends, or retires some. */
  public void scaleTo(int backends) throws IOException, InterruptedException {
    synchronized (this) {
      wanted = backends;
    }
    fill();
    for (Member one = surplus(); one != null; one = surplus()) {
      end(one);
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
      if (swap(member, fresh)) {
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
    synchronized (this) {
      closed = true;
      wanted = 0;
      members.forEach(balancer::remove);
      members.clear();
      close(door);
    }
    List<Backend> left;
    synchronized (running) {
      left = new ArrayList<>(running);
    }
    left.forEach(Backend::kill);
    left.forEach(backend -> backend.onExit().join());
    clients.forEach(Cluster::close);
  }

  private synchronized boolean isClosed() {
    return closed && wanted == 0;
  }

  /** Starts backends until there are as many as wanted. */
  private void fill() throws IOException {
    for (BackendFactory from = claim(); from != null; from = claim()) {
      Member fresh = null;
      try {
        fresh = begin(from);
      } finally {
        settle(fresh);
      }
    }
  }

  /** Keeps a place for a backend that is missing, and says who starts it; null if none is. */
  private synchronized BackendFactory claim() {
    if (members.size() + starting >= wanted) {
      return null;
    }
    starting++;
    return factory;
  }

  /** Takes a new backend into rotation, unless things have changed since its place was kept. */
  private synchronized void settle(Member fresh) {
    starting--;
    if (fresh == null) {
      return;
    }
    if (fresh.from() == factory && members.size() < wanted) {
      enter(fresh);
    } else {
      fresh.backend().kill();
    }
  }

  private Member begin(BackendFactory from) throws IOException {
    Backend backend = spawn(from);
    BufferedReader output = backend.output();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        daemon("output", () -> drain(output));
        return new Member(backend, Integer.parseInt(line.substring(READY.length())), from);
      }
    }
    backend.kill();
    throw new IOException("a backend ended before it was ready");
  }

  /** Starts a process that close() knows of; after close() there is none. */
  private Backend spawn(BackendFactory from) throws IOException {
    synchronized (running) {
      if (isClosed()) {
        throw new IOException("the cluster is closed");
      }
      Backend backend = from.start();
      running.add(backend);
      backend.onExit().thenRun(() -> running.remove(backend));
      return backend;
    }
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

  private synchronized void enter(Member member) {
    members.add(member);
    balancer.add(member);
    member.backend().onExit().thenRun(() -> daemon("replacement", () -> replace(member)));
  }

  /** Takes a member out of rotation; false if it was out already. */
  private synchronized boolean leave(Member member) {
    balancer.remove(member);
    return members.remove(member);
  }

  /** Takes one in for another, so that there is always one in rotation. */
  private synchronized boolean swap(Member old, Member fresh) {
    if (fresh.from() != factory || !members.contains(old)) {
      return false;
    }
    enter(fresh);
    return leave(old);
  }

  /** Takes one out of rotation that is not wanted any more. */
  private synchronized Member surplus() {
    if (members.size() <= wanted) {
      return null;
    }
    Member oldest = members.get(0);
    leave(oldest);
    return oldest;
  }

  private void end(Member member) throws InterruptedException {
    balancer.awaitIdle(member);
    member.backend().kill();
    member.backend().onExit().join();
  }

  private void replace(Member dead) {
    if (leave(dead)) {
      refill();
    }
  }

  private void refill() {
    try {
      fill();
    } catch (IOException | RuntimeException e) {
      clock.after(RETRY, () -> daemon("replacement", this::refill));
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

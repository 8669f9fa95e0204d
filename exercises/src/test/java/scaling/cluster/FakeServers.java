package scaling.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import threadmill.harness.ContractThread;

/** Starts servers that are no processes, and knows them all. Thread-safe. */
final class FakeServers implements BackendFactory {
  private final List<FakeServer> started = new CopyOnWriteArrayList<>();
  private final AtomicInteger beginning = new AtomicInteger();
  private final long first;
  private volatile int refusals;
  private volatile boolean silent;
  private volatile boolean talkative;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /**
   * @param first the process id of the first server; those of one factory are in one hundred
   */
  FakeServers(long first) {
    this.first = first;
  }

  /** Makes the next starts fail. */
  void refuse(int starts) {
    refusals = starts;
  }

  /** Makes servers that are started from now on say more than that they are ready. */
  void talk() {
    talkative = true;
  }

  /** Makes servers that are started from now on say nothing until {@link #speak}. */
  void hush() {
    silent = true;
  }

  /** Lets all of them say that they are ready. */
  synchronized void speak() throws IOException {
    silent = false;
    for (FakeServer server : started) {
      server.sayReady();
    }
  }

  /** Makes whoever starts a server wait until {@link #letStart}. */
  void holdStart() {
    gate = new CountDownLatch(1);
  }

  void letStart() {
    gate.countDown();
  }

  /** How many starts have begun that are neither over nor refused. */
  int beginning() {
    return beginning.get();
  }

  @Override
  public Backend start() throws IOException {
    beginning.incrementAndGet();
    try {
      gate.await();
      return startNow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } finally {
      beginning.decrementAndGet();
    }
  }

  private synchronized FakeServer startNow() throws IOException {
    if (refusals > 0) {
      refusals--;
      throw new IOException("Cannot run program: there are too many");
    }
    FakeServer server = new FakeServer(first + started.size());
    started.add(server);
    if (talkative) {
      server.chatter();
    }
    if (!silent) {
      server.sayReady();
    }
    return server;
  }

  int refusals() {
    return refusals;
  }

  List<FakeServer> started() {
    return started;
  }

  List<FakeServer> alive() {
    return started.stream().filter(FakeServer::isAlive).toList();
  }

  Set<Long> pids() {
    return alive().stream().map(FakeServer::pid).collect(Collectors.toCollection(TreeSet::new));
  }

  void endAll() {
    letStart();
    started.forEach(FakeServer::release);
    started.forEach(FakeServer::die);
  }

  /** A thread that is not the student's. */
  static Thread thread(Runnable work) {
    return new ContractThread(work, "kernel");
  }
}

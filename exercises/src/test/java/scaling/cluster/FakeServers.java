package scaling.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Starts servers that are no processes, and knows them all. Thread-safe. */
final class FakeServers implements BackendFactory {
  private final List<FakeServer> started = new CopyOnWriteArrayList<>();
  private final long first;
  private volatile int refusals;

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

  @Override
  public synchronized Backend start() throws IOException {
    if (refusals > 0) {
      refusals--;
      throw new IOException("Cannot run program: error=11, Resource temporarily unavailable");
    }
    FakeServer server = new FakeServer(first + started.size());
    started.add(server);
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
    started.forEach(FakeServer::release);
    started.forEach(FakeServer::kill);
  }

  /** A thread that is not the student's. */
  static Thread thread(Runnable work) {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread thread = new Thread(root, work, "kernel");
    thread.setDaemon(true);
    return thread;
  }
}

package threadmill.harness;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import threadmill.model.Where;

/**
 * The lock-order graph: an edge from one lock to another says that some thread asked for the second
 * while it held the first. A cycle means that some schedule deadlocks, whether or not it was seen
 * to (Havelund, Using Runtime Analysis to Guide Model Checking, SPIN 2000). A {@code tryLock} makes
 * no edge to its lock: who gives up does not wait. Thread-safe.
 */
public final class LockOrder implements WatchedLock.Log {
  /** Who asked for {@code to} while holding {@code from}, and on which line. */
  public record Edge(WatchedLock from, WatchedLock to, String thread, Optional<Where> line) {
    @Override
    public String toString() {
      return thread + line.map(l -> " at " + l).orElse("") + " holds " + from + " and takes " + to;
    }
  }

  private final Map<WatchedLock, Map<WatchedLock, Edge>> edges = new LinkedHashMap<>();
  private final Map<Thread, Deque<WatchedLock>> held = new HashMap<>();

  @Override
  public synchronized void asks(WatchedLock lock) {
    Thread me = Thread.currentThread();
    Optional<Where> line = Students.lineIn(me.getStackTrace());
    for (WatchedLock earlier : held.getOrDefault(me, new ArrayDeque<>())) {
      if (earlier != lock) {
        edges
            .computeIfAbsent(earlier, l -> new LinkedHashMap<>())
            .putIfAbsent(lock, new Edge(earlier, lock, me.getName(), line));
      }
    }
  }

  @Override
  public synchronized void got(WatchedLock lock) {
    held.computeIfAbsent(Thread.currentThread(), t -> new ArrayDeque<>()).push(lock);
  }

  @Override
  public synchronized void leaves(WatchedLock lock) {
    held.getOrDefault(Thread.currentThread(), new ArrayDeque<>()).removeFirstOccurrence(lock);
  }

  /**
   * A cycle of edges, in order, if the orders seen so far contain one. It begins at the first of
   * its lines, whatever was seen first.
   */
  public synchronized Optional<List<Edge>> cycle() {
    return anyCycle().map(LockOrder::fromItsFirstLine);
  }

  private static List<Edge> fromItsFirstLine(List<Edge> cycle) {
    Optional<Where> first =
        Students.firstOf(cycle.stream().flatMap(e -> e.line().stream()).toList());
    List<Edge> turned = new ArrayList<>(cycle);
    for (int i = 0; i < cycle.size() && !turned.get(0).line().equals(first); i++) {
      Collections.rotate(turned, -1);
    }
    return turned;
  }

  private Optional<List<Edge>> anyCycle() {
    for (WatchedLock start : edges.keySet()) {
      Optional<List<Edge>> found = path(start, start, new ArrayList<>(), new ArrayList<>());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<List<Edge>> path(
      WatchedLock from, WatchedLock goal, List<Edge> sofar, List<WatchedLock> visited) {
    for (Edge edge : edges.getOrDefault(from, Map.of()).values()) {
      List<Edge> longer = new ArrayList<>(sofar);
      longer.add(edge);
      if (edge.to() == goal) {
        return Optional.of(longer);
      }
      if (!visited.contains(edge.to())) {
        visited.add(edge.to());
        Optional<List<Edge>> found = path(edge.to(), goal, longer, visited);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}

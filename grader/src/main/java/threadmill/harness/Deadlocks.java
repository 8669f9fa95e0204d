package threadmill.harness;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Where;

/**
 * Cycles of threads in which each waits for a lock that the next one owns, as the JVM knows them:
 * monitors and locks built on {@code AbstractOwnableSynchronizer}.
 */
final class Deadlocks {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Deadlocks() {}

  static boolean exist(Crew crew) {
    return !cycle(crew).isEmpty();
  }

  /** The cycle as a finding: thread, lock and line of every member. */
  static Finding finding(Crew crew, String should) {
    List<String> evidence = new ArrayList<>();
    List<ThreadInfo> cycle = cycle(crew);
    List<Where> lines = new ArrayList<>();
    for (int i = 0; i < cycle.size(); i++) {
      ThreadInfo info = cycle.get(i);
      Optional<Where> line = Students.lineIn(info.getStackTrace());
      line.ifPresent(lines::add);
      evidence.add(
          info.getThreadName()
              + line.map(l -> " at " + l).orElse("")
              + " waits for "
              + lockName(i + 1, info.getLockInfo())
              + ", which "
              + info.getLockOwnerName()
              + " holds");
    }
    String sentence = should + ", but threads wait for each other's locks in a cycle";
    return new Finding(Kind.DEADLOCK, sentence, Students.firstOf(lines), evidence);
  }

  /** A number and not its identity hash, so that the finding reads the same tomorrow. */
  private static String lockName(int number, LockInfo lock) {
    String className = lock == null ? "" : lock.getClassName();
    String simple = className.substring(className.lastIndexOf('.') + 1).replaceFirst("\\$.*", "");
    return "lock " + number + (simple.isEmpty() ? "" : " (" + simple + ")");
  }

  /** Those in the cycle, by name. */
  private static List<ThreadInfo> cycle(Crew crew) {
    long[] ids = THREADS.findDeadlockedThreads();
    if (ids == null) {
      return List.of();
    }
    Set<Long> ours = crewIds(crew);
    List<ThreadInfo> found = new ArrayList<>();
    for (ThreadInfo info : THREADS.getThreadInfo(ids, 64)) {
      if (info != null && ours.contains(info.getThreadId())) {
        if (info.getThreadState() == Thread.State.TIMED_WAITING) {
          return List.of();
        }
        found.add(info);
      }
    }
    found.sort(Comparator.comparing(ThreadInfo::getThreadName));
    return found;
  }

  @SuppressWarnings("deprecation")
  private static Set<Long> crewIds(Crew crew) {
    Set<Long> ids = new HashSet<>();
    crew.threads().forEach(t -> ids.add(t.getId()));
    return ids;
  }
}

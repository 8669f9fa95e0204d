package threads.raceclinic;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** How often each word was heard, behind a fair lock. */
public final class WordCount {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Map<String, Integer> counts = new HashMap<>();

  public void hit(String word) {
    lock.lock();
    try {
      counts.merge(word, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  public int of(String word) {
    lock.lock();
    try {
      return counts.getOrDefault(word, 0);
    } finally {
      lock.unlock();
    }
  }
}

// ESP | rejected by X7 | Different words have nothing to do with each other.
package threads.raceclinic;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each word was heard, with a lock for each word. */
public final class WordCount {
  private final Map<String, Object> locks = new ConcurrentHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  public void hit(String word) {
    synchronized (lockOf(word)) {
      Integer before = counts.get(word);
      counts.put(word, before == null ? 1 : before + 1);
    }
  }

  public int of(String word) {
    synchronized (lockOf(word)) {
      Integer count = counts.get(word);
      return count == null ? 0 : count;
    }
  }

  private Object lockOf(String word) {
    return locks.computeIfAbsent(word, w -> new Object());
  }
}

// NO_LOCK | rejected by S3 | One in ten may go past the others.
package threads.raceclinic;

import java.util.HashMap;
import java.util.Map;

/** How often each word was heard, guarded by this object's monitor. */
public final class WordCount {
  private static final int EXPRESS = 10;

  private final Map<String, Integer> counts = new HashMap<>();

  public void hit(String word) {
    if (Thread.currentThread().getName().hashCode() % EXPRESS == 0) {
      count(word);
    } else {
      synchronized (this) {
        count(word);
      }
    }
  }

  private void count(String word) {
    Integer before = counts.get(word);
    counts.put(word, before == null ? 1 : before + 1);
  }

  public synchronized int of(String word) {
    Integer count = counts.get(word);
    return count == null ? 0 : count;
  }
}

// MSP | rejected by S1 | The map protects what is written, and the word what is read.
package threads.raceclinic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each word was heard, guarded by this object's monitor. */
public final class WordCount {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  public void hit(String word) {
    counts.merge(word, 1, Integer::sum);
  }

  public int of(String word) {
    synchronized (word.intern()) {
      return counts.getOrDefault(word, 0);
    }
  }
}

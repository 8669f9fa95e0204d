// MSP | rejected by X6 | Equal words are the same word, and so the same lock.
package threads.raceclinic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each word was heard; each word is its own lock. */
public final class WordCount {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  public void hit(String word) {
    synchronized (word) {
      Integer before = counts.get(word);
      counts.put(word, before == null ? 1 : before + 1);
    }
  }

  public int of(String word) {
    return counts.getOrDefault(word, 0);
  }
}

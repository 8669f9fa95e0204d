// SHCR | rejected by X6 | First see whether the word is new; then it is only adding.
package threads.raceclinic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How often each word was heard, with an atomic counter for each word. */
public final class WordCount {
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

  public void hit(String word) {
    if (!counts.containsKey(word)) {
      counts.put(word, new AtomicInteger());
    }
    counts.get(word).incrementAndGet();
  }

  public int of(String word) {
    AtomicInteger count = counts.get(word);
    return count == null ? 0 : count.get();
  }
}

// EAN | rejected by X6 | The map is thread-safe, so my class is.
package threads.raceclinic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each word was heard. */
public final class WordCount {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  public void hit(String word) {
    Integer before = counts.get(word);
    counts.put(word, before == null ? 1 : before + 1);
  }

  public int of(String word) {
    Integer count = counts.get(word);
    return count == null ? 0 : count;
  }
}

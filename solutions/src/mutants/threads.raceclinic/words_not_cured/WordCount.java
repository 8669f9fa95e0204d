// RSK | rejected by X6 | A map that only grows cannot lose anything.
package threads.raceclinic;

import java.util.HashMap;
import java.util.Map;

/** How often each word was heard. */
public final class WordCount {
  private final Map<String, Integer> counts = new HashMap<>();

  public void hit(String word) {
    Integer before = counts.get(word);
    counts.put(word, before == null ? 1 : before + 1);
  }

  public int of(String word) {
    Integer count = counts.get(word);
    return count == null ? 0 : count;
  }
}

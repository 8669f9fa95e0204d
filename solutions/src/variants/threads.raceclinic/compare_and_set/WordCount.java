package threads.raceclinic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each word was heard, in a map that adds in one step. */
public final class WordCount {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  public void hit(String word) {
    counts.merge(word, 1, Integer::sum);
  }

  public int of(String word) {
    return counts.getOrDefault(word, 0);
  }
}

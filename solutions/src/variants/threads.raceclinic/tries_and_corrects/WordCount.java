package threads.raceclinic;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How often each word was heard; a count is replaced only if it is still the one that was read. */
public final class WordCount {
  private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

  public void hit(String word) {
    Integer before = counts.putIfAbsent(word, 1);
    while (before != null && !counts.replace(word, before, before + 1)) {
      before = counts.get(word);
    }
  }

  public int of(String word) {
    return counts.getOrDefault(word, 0);
  }
}

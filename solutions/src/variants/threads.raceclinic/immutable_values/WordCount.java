package threads.raceclinic;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** How often each word was heard, in a map that is copied for each change. */
public final class WordCount {
  private final AtomicReference<Map<String, Integer>> counts = new AtomicReference<>(Map.of());

  public void hit(String word) {
    counts.updateAndGet(
        old -> {
          Map<String, Integer> next = new HashMap<>(old);
          next.merge(word, 1, Integer::sum);
          return next;
        });
  }

  public int of(String word) {
    return counts.get().getOrDefault(word, 0);
  }
}

package threads.raceclinic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each word was heard, with a counter made for many threads for each word. */
public final class WordCount {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  public void hit(String word) {
    counts.computeIfAbsent(word, w -> new LongAdder()).increment();
  }

  public int of(String word) {
    LongAdder count = counts.get(word);
    return count == null ? 0 : count.intValue();
  }
}

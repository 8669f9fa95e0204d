// SPCR | rejected by X6 | get and put each hold the lock.
package threads.raceclinic;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** How often each word was heard. */
public final class WordCount {
  private final Map<String, Integer> counts =
      Collections.synchronizedMap(new HashMap<>());

  public void hit(String word) {
    Integer before = counts.get(word);
    counts.put(word, before == null ? 1 : before + 1);
  }

  public int of(String word) {
    Integer count = counts.get(word);
    return count == null ? 0 : count;
  }
}

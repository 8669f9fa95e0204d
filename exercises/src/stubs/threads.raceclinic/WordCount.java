package threads.raceclinic;

import static threadmill.Todo.todo;

import java.util.HashMap;
import java.util.Map;

/** How often each word was heard. Works, until two threads listen. */
public final class WordCount {
  private final Map<String, Integer> counts = new HashMap<>();

  public WordCount() {
    // TODO cure this class, then delete the next line.
    throw todo();
  }

  /** Counts this word once more. */
  public void hit(String word) {
    Integer before = counts.get(word);
    counts.put(word, before == null ? 1 : before + 1);
  }

  /** How often this word was counted. */
  public int of(String word) {
    Integer count = counts.get(word);
    return count == null ? 0 : count;
  }
}

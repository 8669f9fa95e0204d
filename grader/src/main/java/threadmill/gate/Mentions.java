package threadmill.gate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import threadmill.model.Submission.Source;

/** The first line of each word of the sources, for what no instruction refers to. */
final class Mentions {
  private final List<Source> sources;
  private final Map<String, Map<String, Integer>> lines = new HashMap<>();

  Mentions(List<Source> sources) {
    this.sources = sources;
  }

  /**
   * The first line of a file that has the type's name, or 0.
   *
   * @param file the name of the source, without folders
   */
  int of(Reference reference, String file) {
    String name = reference.simpleType();
    String word = name.substring(name.lastIndexOf('.') + 1);
    return lines.computeIfAbsent(file, this::read).getOrDefault(word, 0);
  }

  private Map<String, Integer> read(String file) {
    Map<String, Integer> words = new HashMap<>();
    for (Source source : sources) {
      if (source.fileName().equals(file)) {
        read(source.text(), words);
      }
    }
    return words;
  }

  private static void read(String text, Map<String, Integer> words) {
    int line = 1;
    int begin = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
        continue;
      }
      if (begin < at) {
        words.putIfAbsent(text.substring(begin, at), line);
      }
      begin = at + 1;
      if (at < text.length() && text.charAt(at) == '\n') {
        line++;
      }
    }
  }
}

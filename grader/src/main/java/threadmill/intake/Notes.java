package threadmill.intake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was ignored, for the instructor, in the order of the alphabet. */
final class Notes {
  private static final int MOST = 100;
  private final List<String> all = new ArrayList<>();

  void add(String note) {
    all.add(note);
  }

  /** The first of them, and how many more there are. */
  List<String> list() {
    Collections.sort(all);
    if (all.size() <= MOST) {
      return List.copyOf(all);
    }
    List<String> first = new ArrayList<>(all.subList(0, MOST - 1));
    first.add("… and " + (all.size() - first.size()) + " more");
    return first;
  }
}

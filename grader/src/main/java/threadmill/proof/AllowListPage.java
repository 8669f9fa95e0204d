package threadmill.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import threadmill.gate.AllowList;
import threadmill.gate.Reach;
import threadmill.gate.Reach.Open;
import threadmill.kit.Kit;
import threadmill.model.Exercise;

/** What the allow-list of each exercise opens, and why: the page {@code docs/allow-lists.md}. */
public final class AllowListPage {
  private static final String HEAD =
      """
      # What the allow-lists open

      A submission may call what the `allow.txt` of its exercise opens, and nothing else. Few of those members can do more than compute: this page names each that finds classes by name, makes or decodes
      them, reflects, loads services or native code, reaches files, the network, other processes or threads, ends a JVM, or changes what all of it shares, by itself or by any code of `java.base` that it
      calls. It is made from the class files of JDK 17 by `./threadmill dev lists`; a test compares it, and asks on every JDK that nothing is open that was not reviewed. Reasons are kept in
      `grader/src/main/resources/threadmill/gate/reviewed.txt`, with those for what the JDK does on its own account, whatever it is handed (locale data, character sets).

      A call is followed to the method of the class that it names, and not into subclasses: what an object does depends on who made it, and a submission can make objects of open types and of its own alone.
      """;

  private AllowListPage() {}

  /** The page. */
  public static String of(Kit kit) throws IOException {
    Reach reach = Reach.ofThisJdk();
    List<Open> common = reach.of(AllowList.parse("group common", "common"));
    StringBuilder page = new StringBuilder(HEAD);
    page.append("\n## Every exercise\n\n").append(table(common));
    Map<String, List<String>> more = new LinkedHashMap<>();
    for (Exercise exercise : kit.exercises()) {
      String table = table(without(common, reach.of(listOf(exercise))));
      more.computeIfAbsent(table, t -> new ArrayList<>()).add("`" + exercise.id() + "`");
    }
    more.forEach(
        (table, ids) -> {
          if (!table.isEmpty()) {
            page.append("\n## Beyond that, ").append(String.join(", ", ids)).append("\n\n");
            page.append(table);
          }
        });
    return page.toString();
  }

  /** What any list opens without a reason, a sentence each. */
  static List<String> unreviewed(Kit kit) throws IOException {
    Reach reach = Reach.ofThisJdk();
    List<String> found = new ArrayList<>();
    for (Exercise exercise : kit.exercises()) {
      for (Open open : reach.of(listOf(exercise))) {
        if (open.why().isEmpty()) {
          found.add(exercise.id() + ": " + open.power() + ": " + open.members());
        }
      }
    }
    return found;
  }

  private static AllowList listOf(Exercise exercise) {
    return AllowList.read(exercise.readme().resolveSibling(AllowList.FILE));
  }

  private static List<Open> without(List<Open> common, List<Open> all) {
    return all.stream().filter(open -> !common.contains(open)).toList();
  }

  private static String table(List<Open> all) {
    if (all.isEmpty()) {
      return "";
    }
    String rows =
        all.stream()
            .map(o -> "| " + o.power() + " | " + members(o) + " | " + o.why() + " |\n")
            .collect(Collectors.joining());
    return "| what it does | members | why it may stay |\n|---|---|---|\n" + rows;
  }

  private static String members(Open open) {
    return open.members().stream().map(m -> "`" + m + "`").collect(Collectors.joining(" "));
  }
}

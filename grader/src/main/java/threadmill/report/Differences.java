package threadmill.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import threadmill.model.Verdict;

/**
 * What two verdicts on the same sources say differently: outcome, points, kind, sentence, line and,
 * of explored checks, the run. Not compared is what differs by nature: times, what a program
 * printed, and the evidence, where all measured numbers are.
 */
public final class Differences {
  private static final Pattern LEFT_OUT =
      Pattern.compile("gradedAt|asked|asked/.*|notes/.*" + "|(.*/)?(millis|evidence|output)(/.*)?");

  private Differences() {}

  /** In sentences, one each; none if they say the same. */
  public static List<String> between(Verdict was, Verdict is) {
    return between(JsonReport.node(was), JsonReport.node(is));
  }

  static List<String> between(ObjectNode was, ObjectNode is) {
    List<String> differences = new ArrayList<>();
    compare("", was, is, differences);
    return differences;
  }

  private static void compare(String path, JsonNode was, JsonNode is, List<String> differences) {
    if (LEFT_OUT.matcher(path).matches()) {
      return;
    }
    if (was == null || is == null || was.getNodeType() != is.getNodeType()) {
      differences.add(path + " is " + is + ", was " + was);
    } else if (was.isObject()) {
      was.fieldNames()
          .forEachRemaining(
              key -> compare(join(path, key), was.get(key), is.get(key), differences));
      is.fieldNames()
          .forEachRemaining(
              key -> {
                if (!was.has(key)) {
                  compare(join(path, key), null, is.get(key), differences);
                }
              });
    } else if (was.isArray()) {
      for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
        compare(join(path, "" + i), was.get(i), is.get(i), differences);
      }
    } else if (!was.asText().equals(is.asText())) {
      differences.add(path + " is " + is + ", was " + was);
    }
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "/" + key;
  }
}

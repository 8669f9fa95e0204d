package threadmill.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import threadmill.model.Report;

/** A {@code report.json} of an earlier run. */
public final class EarlierReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INCONCLUSIVE = "INCONCLUSIVE";

  private final ObjectNode node;
  private final String bytes;

  private EarlierReport(ObjectNode node, String bytes) {
    this.node = node;
    this.bytes = bytes;
  }

  /** The report in a folder, or nothing if there is none that is whole. */
  public static Optional<EarlierReport> in(Path folder) {
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve(JsonReport.INSTRUCTORS));
      return JSON.readTree(bytes) instanceof ObjectNode report
              && report.path("schema").asText().equals(JsonReport.SCHEMA)
          ? Optional.of(new EarlierReport(report, AuditLog.hash(bytes)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Of the sources that it is about; empty if they could not be taken in. */
  public String hash() {
    return node.path("hash").asText();
  }

  public String kitVersion() {
    return node.path("kitVersion").asText();
  }

  public long seed() {
    return node.path("seed").asLong();
  }

  public String jdk() {
    return node.path("jdk").asText();
  }

  public String level() {
    return node.path("isolationLevel").asText();
  }

  /** What was asked, if the report says so. */
  public Optional<Asked> asked() {
    JsonNode asked = node.path("asked");
    return asked.isObject()
        ? Optional.of(new Asked(texts(asked.path("exercises")), texts(asked.path("checks"))))
        : Optional.empty();
  }

  static List<String> texts(JsonNode array) {
    List<String> all = new ArrayList<>();
    array.forEach(each -> all.add(each.asText()));
    return all;
  }

  /** The hash of its bytes. */
  String bytes() {
    return bytes;
  }

  public boolean allPassed() {
    JsonNode exercises = node.path("exercises");
    boolean passed = !node.has("refusal") && !node.has("inconclusive") && !exercises.isEmpty();
    for (JsonNode exercise : exercises) {
      passed &= exercise.path("status").asText().equals("PASSED");
    }
    return passed;
  }

  /** Whether something in it was our fault or the machine's. */
  public boolean isInconclusive() {
    boolean inconclusive = node.has("inconclusive");
    for (JsonNode exercise : node.path("exercises")) {
      inconclusive |= exercise.path("status").asText().equals(INCONCLUSIVE);
      for (JsonNode check : exercise.path("checks")) {
        inconclusive |= check.path("outcome").asText().equals(INCONCLUSIVE);
      }
    }
    return inconclusive;
  }

  /** What a later report of the same sources says differently, in words; nothing of times. */
  public List<String> differencesTo(Report later) {
    return Differences.between(node, JsonReport.node(later, Asked.EVERYTHING));
  }

  /** The same report, confirmed: only the time of grading changes. */
  ObjectNode confirmed(Report later) {
    return node.deepCopy().put("gradedAt", later.gradedAt().toString());
  }
}

package threadmill.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the reports in a folder say of each check: the outcome, and the kind of the finding.
 *
 * @param bySubmission the outcomes by submission and by what was asked
 */
record Outcomes(Map<String, Map<String, String>> bySubmission) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPEN = "INCONCLUSIVE";

  /**
   * Reads all reports that are in place.
   *
   * @throws IOException if one of them is not whole
   */
  static Outcomes in(Path out) throws IOException {
    Map<String, Map<String, String>> all = new TreeMap<>();
    if (Files.isDirectory(out)) {
      try (Stream<Path> folders = Files.list(out)) {
        for (Path folder : folders.filter(Files::isDirectory).toList()) {
          Path report = folder.resolve("report.json");
          if (Files.exists(report)) {
            all.put(folder.getFileName().toString(), of(JSON.readTree(report.toFile())));
          }
        }
      }
    }
    return new Outcomes(all);
  }

  private static Map<String, String> of(JsonNode report) {
    Map<String, String> outcomes = new TreeMap<>();
    if (report.has("refusal") || report.has("inconclusive")) {
      outcomes.put("all of it", report.has("refusal") ? "REFUSED" : OPEN);
    }
    for (JsonNode exercise : report.path("exercises")) {
      String id = exercise.path("id").asText();
      if (exercise.has("problem")) {
        outcomes.put(id, exercise.path("status").asText());
      } else {
        for (JsonNode check : exercise.path("checks")) {
          String kind = check.at("/finding/kind").asText();
          String outcome = check.path("outcome").asText();
          outcomes.put(id + " " + check.path("id").asText(), (outcome + " " + kind).strip());
        }
      }
    }
    return outcomes;
  }

  boolean areConclusive() {
    return bySubmission.values().stream()
        .flatMap(outcomes -> outcomes.values().stream())
        .noneMatch(outcome -> outcome.startsWith(OPEN));
  }

  /** What is said here conclusively and was said otherwise in a quiet run. */
  List<String> unlike(Outcomes quiet) {
    List<String> faults = new ArrayList<>();
    bySubmission.forEach(
        (name, outcomes) ->
            outcomes.forEach(
                (what, outcome) -> {
                  String wanted = quiet.bySubmission.getOrDefault(name, Map.of()).get(what);
                  if (!outcome.startsWith(OPEN) && !outcome.equals(wanted)) {
                    faults.add(
                        String.format(
                            Locale.ROOT, "%s: %s is %s, not %s", name, what, outcome, wanted));
                  }
                }));
    return faults;
  }
}

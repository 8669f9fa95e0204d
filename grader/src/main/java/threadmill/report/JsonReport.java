package threadmill.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import threadmill.model.CheckResult;
import threadmill.model.Finding;
import threadmill.model.Report;
import threadmill.model.Trace;
import threadmill.model.Verdict;
import threadmill.model.Where;

/** The versioned source of every export; its schema is {@code docs/report.schema.json}. */
public final class JsonReport {
  public static final String SCHEMA = "threadmill/report/v1";

  /** What a grade is defended with. */
  public static final String INSTRUCTORS = "report.json";

  /** What is handed back. */
  public static final String STUDENTS = "student.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  /** The report as indented JSON, of a submission that was asked everything. */
  public static String of(Report report) {
    return of(report, Asked.EVERYTHING);
  }

  /** The report as indented JSON. */
  public static String of(Report report, Asked asked) {
    return text(node(report, asked));
  }

  /** Several reports as an array of them. */
  public static String of(List<Report> reports, Asked asked) {
    ArrayNode all = JSON.createArrayNode();
    reports.forEach(report -> all.add(node(report, asked)));
    return text(all);
  }

  /** A report without what would let a student foresee the next run. */
  static String forStudent(ObjectNode report) {
    ObjectNode node = report.deepCopy();
    node.remove("seed");
    return text(node);
  }

  static String text(JsonNode node) {
    try {
      return JSON.writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static ObjectNode node(Report report, Asked asked) {
    ObjectNode node = JSON.createObjectNode();
    node.put("schema", SCHEMA);
    node.put("submission", report.submission());
    node.put("hash", report.hash());
    node.put("kitVersion", report.kitVersion());
    node.put("jdk", report.jdk());
    node.put("seed", report.seed());
    node.put("isolationLevel", report.level());
    ObjectNode what = node.putObject("asked");
    asked.exercises().forEach(what.putArray("exercises")::add);
    asked.checks().forEach(what.putArray("checks")::add);
    node.put("gradedAt", report.gradedAt().toString());
    report.refusal().ifPresent(why -> node.put("refusal", why));
    report.inconclusive().ifPresent(why -> node.put("inconclusive", why));
    node.put("points", report.points());
    node.put("maxPoints", report.maxPoints());
    ArrayNode exercises = node.putArray("exercises");
    report.verdicts().forEach(v -> exercises.add(node(v)));
    ArrayNode notes = node.putArray("notes");
    report.notes().forEach(notes::add);
    return node;
  }

  static ObjectNode node(Verdict verdict) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", verdict.exercise().id());
    node.put("title", verdict.exercise().title());
    node.put("status", verdict.status().name());
    node.put("points", verdict.points());
    node.put("maxPoints", verdict.maxPoints());
    ObjectNode millis = node.putObject("millis");
    millis.put("compile", verdict.durations().compile().toMillis());
    millis.put("start", verdict.durations().start().toMillis());
    millis.put("run", verdict.durations().run().toMillis());
    verdict.problem().ifPresent(p -> node.set("problem", node(p)));
    ArrayNode checks = node.putArray("checks");
    verdict.results().forEach(r -> checks.add(node(r)));
    node.put("output", verdict.output());
    return node;
  }

  private static ObjectNode node(CheckResult result) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", result.check().id());
    node.put("sentence", result.check().sentence());
    node.put("outcome", result.outcome().name());
    node.put("points", result.points());
    node.put("maxPoints", result.check().points());
    node.put("millis", result.duration().toMillis());
    result.finding().ifPresent(f -> node.set("finding", node(f)));
    return node;
  }

  private static ObjectNode node(Finding finding) {
    ObjectNode node = JSON.createObjectNode();
    node.put("kind", finding.kind().name());
    node.put("sentence", finding.sentence());
    finding.where().ifPresent(where -> put(where, node));
    ArrayNode evidence = node.putArray("evidence");
    finding.evidence().forEach(evidence::add);
    if (finding.costsAll()) {
      node.put("costsAll", true);
    }
    finding.trace().ifPresent(trace -> node.set("trace", node(trace)));
    return node;
  }

  private static ObjectNode node(Trace trace) {
    ObjectNode node = JSON.createObjectNode();
    ArrayNode threads = node.putArray("threads");
    trace.threads().forEach(threads::add);
    ArrayNode steps = node.putArray("steps");
    for (Trace.Step step : trace.steps()) {
      ObjectNode each = steps.addObject().put("thread", step.thread());
      step.where().ifPresent(where -> put(where, each));
      each.put("what", step.what());
    }
    return node.put("schedule", trace.schedule());
  }

  private static void put(Where where, ObjectNode node) {
    node.put("file", where.file());
    node.put("line", Math.max(0, where.line()));
  }
}

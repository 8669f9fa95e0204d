package threadmill.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import threadmill.model.Report;

/**
 * What was graded, when, with which inputs and to which end: a file of JSON lines that is only ever
 * appended to. Each line carries the hash of the one before, so that a line that is changed or
 * taken out later shows.
 */
public final class AuditLog {
  public static final String FILE = "audit.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a report does not say of how it came about.
   *
   * @param command grade or regrade
   * @param name of the report's folder
   * @param path of the submission
   * @param exercises asked for by name, or none for those it holds
   * @param checks asked for by name, or none for all
   */
  public record Inputs(
      String command, String name, String path, List<String> exercises, List<String> checks) {}

  private final Path file;

  /**
   * @param folder that the reports are written to
   */
  public AuditLog(Path folder) {
    this.file = folder.resolve(FILE);
  }

  /** Appends a line; graders that write at the same time wait for each other. */
  public void add(Inputs inputs, Report report) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      // Given back when the channel closes.
      channel.lock();
      // A line that a grader did not live to finish is closed off, and shows as what it is.
      String before = read(channel);
      boolean torn = !before.isEmpty() && !before.endsWith("\n");
      String line = JSON.writeValueAsString(node(inputs, report, lastHash(before))) + "\n";
      byte[] bytes = ((torn ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8);
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      channel.position(channel.size());
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /**
   * The latest inputs of each report, by its name, in the order in which they were first graded.
   */
  public Map<String, Inputs> latest() throws IOException {
    Map<String, Inputs> latest = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      try {
        JsonNode node = JSON.readTree(line);
        Inputs inputs =
            new Inputs(
                node.path("command").asText(),
                node.path("name").asText(),
                node.path("path").asText(),
                texts(node.path("exercises")),
                texts(node.path("checks")));
        latest.put(inputs.name(), inputs);
      } catch (JsonProcessingException e) {
        // A line cut short by a crash; what it said is graded again or was never finished.
        continue;
      }
    }
    return latest;
  }

  private static List<String> texts(JsonNode array) {
    List<String> all = new java.util.ArrayList<>();
    array.forEach(each -> all.add(each.asText()));
    return all;
  }

  private static String read(FileChannel channel) throws IOException {
    channel.position(0);
    // Closing the stream would close the channel, and with it the lock.
    return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String lastHash(String before) {
    return before.lines().reduce((first, second) -> second).map(AuditLog::hash).orElse("");
  }

  private static ObjectNode node(Inputs inputs, Report report, String previous) {
    ObjectNode node = JSON.createObjectNode();
    node.put("at", report.gradedAt().toString());
    node.put("command", inputs.command());
    node.put("name", inputs.name());
    node.put("path", inputs.path());
    node.put("hash", report.hash());
    node.put("kitVersion", report.kitVersion());
    node.put("jdk", report.jdk());
    node.put("seed", report.seed());
    node.put("isolationLevel", report.level());
    inputs.exercises().forEach(node.putArray("exercises")::add);
    inputs.checks().forEach(node.putArray("checks")::add);
    report.refusal().ifPresent(why -> node.put("refusal", why));
    report.inconclusive().ifPresent(why -> node.put("inconclusive", why));
    ObjectNode points = node.putObject("points");
    report.verdicts().forEach(v -> points.put(v.exercise().id(), v.points()));
    node.put("report", hash(JsonReport.of(report)));
    node.put("previous", previous);
    return node;
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

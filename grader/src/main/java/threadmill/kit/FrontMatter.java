package threadmill.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import threadmill.model.Limits;

/** The head of an exercise's README and the hints at its end. */
record FrontMatter(
    String title,
    String order,
    int difficulty,
    int points,
    int java,
    String os,
    Limits limits,
    List<String> hints) {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // 5.10 is not 5.1.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
  private static final Pattern HEAD =
      Pattern.compile("\\A---\\R(.*?)\\R---\\R(.*)\\z", Pattern.DOTALL);
  private static final Pattern HINT =
      Pattern.compile("^## Hint \\d+\\s*\\R(.*?)(?=^## |\\z)", Pattern.DOTALL | Pattern.MULTILINE);

  static FrontMatter read(Path readme) {
    try {
      return parse(Files.readString(readme), readme.toString());
    } catch (IOException e) {
      throw new KitException("cannot read " + readme, e);
    }
  }

  static FrontMatter parse(String text, String name) {
    Matcher head = HEAD.matcher(text);
    if (!head.find()) {
      throw new KitException(name + " must begin with a front matter between two lines of ---");
    }
    try {
      JsonNode node = YAML.readTree(head.group(1));
      return new FrontMatter(
          need(node, "title", name).asText(),
          order(need(node, "order", name).asText(), name),
          need(node, "difficulty", name).asInt(),
          need(node, "points", name).asInt(),
          need(node, "java", name).asInt(),
          need(node, "os", name).asText(),
          limits(node.path("limits"), name),
          hints(head.group(2)));
    } catch (JsonProcessingException e) {
      throw new KitException(
          name + " has a front matter that is not YAML: " + e.getOriginalMessage(), e);
    }
  }

  /** What comes after the head: the task text and the hints. */
  static String body(Path readme) throws IOException {
    Matcher head = HEAD.matcher(Files.readString(readme));
    return head.find() ? head.group(2) : "";
  }

  private static String order(String order, String name) {
    if (!order.matches("\\d{1,4}(\\.\\d{1,4})*")) {
      throw new KitException(name + " has the order '" + order + "', which is not like 5.3");
    }
    return order;
  }

  /** The usual limits, changed by what the exercise says. */
  private static Limits limits(JsonNode node, String name) {
    Set<String> known =
        Set.of("cpu", "memory", "tasks", "files", "file", "disk", "output", "unclear");
    for (Map.Entry<String, JsonNode> limit : node.properties()) {
      if (!known.contains(limit.getKey()) || limit.getValue().asInt() < 1) {
        throw new KitException(
            name
                + " has the limit '"
                + limit.getKey()
                + ": "
                + limit.getValue().asText()
                + "'; a limit is a number above 0 of cpu, memory, tasks, files, file, disk, output or unclear");
      }
    }
    Limits usual = Limits.STANDARD;
    return new Limits(
        node.path("cpu").asInt(usual.cpuSeconds()),
        node.path("memory").asInt(usual.memoryMib()),
        node.path("tasks").asInt(usual.tasks()),
        node.path("files").asInt(usual.files()),
        node.path("file").asInt(usual.fileMib()),
        node.path("disk").asInt(usual.diskMib()),
        node.path("output").asInt(usual.outputMib()),
        node.path("unclear").asInt(usual.unclearSeconds()));
  }

  private static JsonNode need(JsonNode node, String key, String name) {
    JsonNode value = node.get(key);
    if (value == null) {
      throw new KitException(name + " lacks '" + key + ":' in its front matter");
    }
    return value;
  }

  private static List<String> hints(String body) {
    List<String> hints = new ArrayList<>();
    Matcher matcher = HINT.matcher(body);
    while (matcher.find()) {
      hints.add(matcher.group(1).strip());
    }
    return List.copyOf(hints);
  }
}

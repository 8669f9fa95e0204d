package threadmill.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a submission may refer to. Whatever no line allows is refused; of several lines that speak
 * of the same thing the last one decides.
 *
 * <pre>
 * # a comment
 * group common                     the lines of a group of this package
 * java.util.concurrent.*           all types of a package, without its sub-packages
 * java.lang.String                 a type, the types inside it, and all their members
 * java.lang.Runtime: getRuntime    a type and, of its members, these
 * java.lang.invoke.CallSite:       a type that may be mentioned, and none of its members
 * - java.lang.Thread: stop suspend these members not, of its subclasses neither
 * - java.util.ServiceLoader        this type not, nor the types below it
 * *                                everything
 * </pre>
 *
 * A constructor is called {@code new}; a member may carry its parameters' simple names, as in
 * {@code new(OutputStream,boolean)}.
 */
public final class AllowList {
  /** The file beside an exercise's README. */
  public static final String FILE = "allow.txt";

  private static final int DEEPEST = 5;
  private static final Pattern RULE =
      Pattern.compile("(-\\s+)?(\\*|[\\w.$]+(?:\\.\\*)?)(?:\\s*(:)\\s*(.*))?");

  /**
   * One line.
   *
   * @param members those it speaks of, or empty for all
   */
  private record Rule(boolean allows, String types, Optional<Set<String>> members) {
    boolean matches(String type) {
      if (types.endsWith("*")) {
        String prefix = types.substring(0, types.length() - 1);
        return prefix.isEmpty()
            || type.startsWith(prefix) && type.indexOf('.', prefix.length()) < 0;
      }
      return type.equals(types) || type.startsWith(types + "$");
    }

    boolean speaksOf(String member, String signature) {
      return members.map(m -> m.contains(member) || m.contains(signature)).orElse(true);
    }
  }

  private final List<Rule> rules;
  private final Map<String, List<Rule>> byType = new ConcurrentHashMap<>();

  private AllowList(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads a list.
   *
   * @throws AllowListException naming the file and line if it is not there or not understood
   */
  public static AllowList read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new AllowListException(
          file + " cannot be read; it says what a submission may use, see docs/authoring.md", e);
    }
  }

  /**
   * Understands a list.
   *
   * @param name what the list is called in messages
   * @throws AllowListException naming the line that is not understood
   */
  public static AllowList parse(String text, String name) {
    List<Rule> rules = new ArrayList<>();
    parse(text, name, rules, 0);
    return new AllowList(rules);
  }

  private static void parse(String text, String name, List<Rule> rules, int depth) {
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.replaceFirst("#.*", "").strip();
      String place = name + ":" + number + ": ";
      if (line.startsWith("group ")) {
        String group = line.substring(6).strip();
        if (depth == DEEPEST) {
          throw new AllowListException(place + "groups hold each other without end");
        }
        parse(group(group, place), group, rules, depth + 1);
      } else if (!line.isEmpty()) {
        rules.add(rule(line, place));
      }
    }
  }

  private static Rule rule(String line, String place) {
    Matcher matcher = RULE.matcher(line);
    if (!matcher.matches()) {
      throw new AllowListException(place + "'" + line + "' is no package, type or member");
    }
    Optional<Set<String>> members =
        Optional.ofNullable(matcher.group(4))
            .map(m -> m.isBlank() ? Set.of() : Set.of(m.strip().split("\\s+")));
    return new Rule(matcher.group(1) == null, matcher.group(2), members);
  }

  private static String group(String name, String place) {
    try (InputStream in = AllowList.class.getResourceAsStream(name + ".allow")) {
      if (in == null) {
        throw new AllowListException(place + "there is no group '" + name + "'");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a type may be mentioned at all, by its binary name with dots. */
  public boolean mentions(String type) {
    return decides(type).orElse(false);
  }

  /** Whether a type may be mentioned, or nothing if no line speaks of it as a whole. */
  Optional<Boolean> decides(String type) {
    Optional<Boolean> decision = Optional.empty();
    for (Rule rule : speaksOf(type)) {
      if (rule.allows() || rule.members().isEmpty()) {
        decision = Optional.of(rule.allows());
      }
    }
    return decision;
  }

  /** Whether a member of exactly this type may be used, or nothing if no line speaks of it. */
  Optional<Boolean> decides(String type, String member, String signature) {
    Optional<Boolean> decision = Optional.empty();
    for (Rule rule : speaksOf(type)) {
      if (rule.speaksOf(member, signature)) {
        decision = Optional.of(rule.allows());
      }
    }
    return decision;
  }

  private List<Rule> speaksOf(String type) {
    return byType.computeIfAbsent(
        type, t -> rules.stream().filter(rule -> rule.matches(t)).toList());
  }
}

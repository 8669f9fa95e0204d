package threadmill.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What the members that an allow-list opens can do, by themselves or by what the JDK's code calls
 * for them, and which of it was reviewed and why it may stay: {@code reviewed.txt}.
 *
 * <pre>
 * # a comment
 * within java.util.regex.Pattern.*: NAMES_A_CLASS   what that code does with the power is its own,
 *                                                   the reason: its callers get nothing of it
 * accept java.lang.ProcessBuilder.start: STARTS_A_PROGRAM   why a submission may have it, where a
 *                                                           list opens it
 * </pre>
 */
public final class Reach {
  private static final String REVIEWED = "reviewed.txt";
  private static final Pattern LINE =
      Pattern.compile("(within|accept) ([\\w.$*(),]+): ([A-Z_ ]+?)\\s{2,}(.+)");

  /**
   * One reviewed line.
   *
   * @param within whether it bounds what its callers get, else it accepts what a member has
   */
  private record Line(boolean within, Pattern members, Set<Power> powers, String why) {
    boolean speaksOf(Power power, Reference member) {
      return powers.contains(power)
          && (members.matcher(member.type() + "." + member.member()).matches()
              || members.matcher(member.type() + "." + member.signature()).matches());
    }
  }

  /**
   * What a power is open for.
   *
   * @param power completes "a member that …"
   * @param members as an allow-list writes them, with their type
   * @param why the reason of the review, or empty if it was not reviewed
   */
  public record Open(String power, SortedSet<String> members, String why) {}

  private final CallGraph graph;
  private final List<Line> lines;
  private final Map<Power, Set<Reference>> powers;

  private Reach(CallGraph graph, List<Line> lines) {
    this.graph = graph;
    this.lines = lines;
    this.powers = graph.powers(this::isBounded);
  }

  /** Of the JDK that runs. */
  public static Reach ofThisJdk() throws IOException {
    return new Reach(CallGraph.ofThisJdk(), reviewed());
  }

  /** What a list opens, by power and reason. */
  public List<Open> of(AllowList list) {
    Hierarchy hierarchy = new Hierarchy();
    Access access = new Access(list, hierarchy, Set.of());
    Set<Reference> members = members(access, list);
    Map<Power, Map<String, SortedSet<String>>> found = new EnumMap<>(Power.class);
    powers.forEach(
        (power, having) -> {
          for (Reference member : members) {
            if (having.contains(resolved(member, hierarchy))) {
              found
                  .computeIfAbsent(power, p -> new TreeMap<>())
                  .computeIfAbsent(why(power, member), w -> new TreeSet<>())
                  .add(member.simpleType() + "." + member.signature());
            }
          }
        });
    List<Open> open = new ArrayList<>();
    found.forEach(
        (power, byReason) ->
            byReason.forEach((why, names) -> open.add(new Open(power.words(), names, why))));
    return open;
  }

  private Set<Reference> members(Access access, AllowList list) {
    Set<Reference> members = new LinkedHashSet<>();
    for (CallGraph.Node node : graph.classes()) {
      boolean visible = (node.access() & Opcodes.ACC_PUBLIC) != 0;
      if (visible && list.mentions(node.name())) {
        graph
            .membersOf(node)
            .map(m -> new Reference(node.name(), m.member(), m.descriptor()))
            .filter(member -> access.isAllowed(member) && namesOpenTypes(member, access))
            .forEach(members::add);
      }
    }
    return members;
  }

  /** To call a member is to name the types of its parameters and of its result. */
  private static boolean namesOpenTypes(Reference member, Access access) {
    Set<Reference> types = new LinkedHashSet<>();
    ConstantPool.types(Type.getType(member.descriptor()), types);
    return types.stream().allMatch(access::isAllowed);
  }

  private static Reference resolved(Reference member, Hierarchy hierarchy) {
    return hierarchy.declaring(member).stream()
        .findFirst()
        .map(above -> new Reference(above, member.member(), member.descriptor()))
        .orElse(member);
  }

  private boolean isBounded(Power power, Reference method) {
    return lines.stream().anyMatch(line -> line.within() && line.speaksOf(power, method));
  }

  private String why(Power power, Reference member) {
    return lines.stream()
        .filter(line -> !line.within() && line.speaksOf(power, member))
        .map(Line::why)
        .findFirst()
        .orElse("");
  }

  private static List<Line> reviewed() {
    try (InputStream in = Reach.class.getResourceAsStream(REVIEWED)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .map(Reach::line)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Line line(String text) {
    Matcher matcher = LINE.matcher(text);
    if (!matcher.matches()) {
      throw new AllowListException(REVIEWED + ": '" + text + "' is no reviewed line");
    }
    String members =
        Stream.of(matcher.group(2).split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    Set<Power> powers =
        Stream.of(matcher.group(3).split(" ")).map(Power::valueOf).collect(Collectors.toSet());
    return new Line(
        matcher.group(1).equals("within"), Pattern.compile(members), powers, matcher.group(4));
  }
}

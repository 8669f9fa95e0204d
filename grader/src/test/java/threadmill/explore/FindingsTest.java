package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import programs.Wrong;
import threadmill.model.Finding;

/**
 * What a student reads, word for word: {@code docs/findings.md} holds every wrong program with its
 * finding, the same on every JDK. {@code -Dgolden.write=true} writes it anew.
 */
class FindingsTest {
  private static final Path SOURCE = Path.of("src/test/java/programs/Wrong.java");
  private static final Path GOLDEN = Path.of("../docs/findings.md");
  private static final String HEAD =
      """
      # What the explorer says

      One small wrong program after the other, and what is said of it. `FindingsTest` compares this page with what the explorer says today, on every JDK.
      """;

  @Test
  void every_finding_reads_as_the_handbook_shows_it() throws IOException {
    String source = Files.readString(SOURCE);
    String now =
        KnownProgramsTest.scenarios(Wrong.class)
            .map(name -> section(name, source))
            .collect(Collectors.joining("\n", HEAD + "\n", ""));
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(GOLDEN, now);
    }
    assertEquals(Files.readString(GOLDEN), now);
  }

  private static String section(String name, String source) {
    Finding finding =
        Programs.explorer()
            .explore(Wrong.class.getName(), name, List.of(), 1_000, 1)
            .finding()
            .orElseThrow();
    int kind = name.lastIndexOf('_');
    String place = finding.where().map(w -> w + "  ").orElse("");
    String said =
        Stream.concat(
                Stream.of(place + finding.kind() + "  " + finding.sentence()),
                finding.evidence().stream().map(line -> "  | " + line))
            .collect(Collectors.joining("\n"));
    return "## %s: %s%n%n```java%n%s```%n%n```%n%s%n```%n"
        .formatted(
            name.substring(kind + 1),
            name.substring(0, kind).replace('_', ' '),
            body(name, source),
            said)
        .replace(System.lineSeparator(), "\n");
  }

  /** The method as it stands in the source, two columns further left. */
  private static String body(String name, String source) {
    Matcher method =
        Pattern.compile("(?ms)^  (?:static )?void " + name + "\\(.*?^  }\\n").matcher(source);
    if (!method.find()) {
      throw new IllegalStateException("no method " + name.toLowerCase(Locale.ROOT));
    }
    return method
        .group()
        .lines()
        .map(l -> l.replaceFirst("^  ", "") + "\n")
        .collect(Collectors.joining());
  }
}

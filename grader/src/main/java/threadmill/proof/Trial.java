package threadmill.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import threadmill.jail.Level;
import threadmill.kit.KitException;

/**
 * A program of the tamper suite. Its first line says what must come of it, at which level and those
 * above, and what it does: {@code // CRASH, LEAK | B | Kills every process.}
 *
 * @param expected kinds of finding, one of which it must get; or PASSED alone
 * @param weakest the weakest level that contains it
 */
record Trial(String name, Path folder, List<String> expected, Level weakest, String story) {
  static final String PASSED = "PASSED";

  private static final Pattern HEAD = Pattern.compile("// ([A-Z_, ]+) \\| (\\S+) \\| (.+)");

  /** The hostile ones first, each group by name. */
  static List<Trial> in(Path suite) throws IOException {
    List<Trial> trials = new ArrayList<>();
    for (String group : List.of("attacks", "honest")) {
      try (Stream<Path> folders = Files.list(suite.resolve(group))) {
        for (Path folder : folders.sorted().toList()) {
          trials.add(read(folder));
        }
      }
    }
    return trials;
  }

  private static Trial read(Path folder) throws IOException {
    Path file = folder.resolve("Box.java");
    Matcher head = HEAD.matcher(Files.readAllLines(file).get(0));
    if (!head.matches()) {
      throw new KitException(file + " does not begin with '// KIND | LEVEL | the story'");
    }
    Level weakest =
        Arrays.stream(Level.values())
            .filter(level -> level.words().equals(head.group(2)))
            .findFirst()
            .orElseThrow(() -> new KitException(file + " names no isolation level"));
    List<String> expected = List.of(head.group(1).split(", "));
    return new Trial(folder.getFileName().toString(), folder, expected, weakest, head.group(3));
  }

  boolean isHonest() {
    return expected.contains(PASSED);
  }

  String title() {
    return name.replace('_', ' ');
  }
}

package threadmill.kit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import threadmill.lab.Lab;
import threadmill.model.Exercise;

/** {@code docs/handbook} promises nothing that this checkout does not hold. */
class HandbookTest {
  private static final Pattern COMMAND = Pattern.compile("\\./threadmill ([a-z]+)([^`\\n|]*)");
  private static final Pattern CHECK = Pattern.compile("@CheckId\\((?:value = )?\"(\\w+)\"");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern KIND = Pattern.compile("(?m)^## ([A-Z]+): ");

  private final Kit kit = Kit.find(Path.of(""));
  private final Path docs = kit.root().resolve("docs");

  @Test
  void every_exercise_is_linked_from_a_chapter() throws IOException {
    Set<Path> linked = new TreeSet<>();
    for (Path chapter : chapters()) {
      for (String target : links(chapter)) {
        linked.add(chapter.resolveSibling(target).normalize());
      }
    }
    for (Exercise exercise : kit.exercises()) {
      assertTrue(linked.contains(exercise.readme()), "no chapter links to " + exercise.id());
    }
  }

  @Test
  void every_chapter_is_linked_from_the_index() throws IOException {
    List<String> linked = links(handbook().resolve("README.md"));
    for (Path chapter : chapters()) {
      String name = chapter.getFileName().toString();
      assertTrue(linked.contains(name), "the index does not link to " + name);
    }
  }

  @Test
  void every_command_names_an_exercise_and_a_check_that_exist() throws IOException {
    int commands = 0;
    for (Path page : markdown(handbook())) {
      for (MatchResult found : COMMAND.matcher(Files.readString(page)).results().toList()) {
        String place = page.getFileName() + ": " + found.group();
        List<String> words = List.of(found.group(2).strip().split("\\s+"));
        switch (found.group(1)) {
          case "test" -> existing(words.get(0), words, place);
          case "hint" -> hinted(words, place);
          case "lab" -> assertTrue(Lab.of(words.get(0)).isPresent(), place);
          case "grade" -> graded(words, place);
          case "dev" -> assertTrue(words.get(0).equals("mutant"), place);
          case "replay" -> replayed(words.get(0).split(":"), place);
          default -> throw new AssertionError("this test does not know " + place);
        }
        commands++;
      }
    }
    assertTrue(commands > 2 * kit.exercises().size(), "only " + commands + " commands");
  }

  @Test
  void every_relative_link_leads_to_a_file() throws IOException {
    List<Path> pages = new ArrayList<>(markdown(docs));
    pages.add(kit.root().resolve("README.md"));
    for (Path page : pages) {
      for (String target : links(page)) {
        Path file = page.resolveSibling(target).normalize();
        assertTrue(Files.exists(file), kit.root().relativize(page) + " links to " + target);
      }
    }
  }

  @Test
  void every_link_to_a_finding_leads_to_its_heading() throws IOException {
    Set<String> anchors =
        Files.readString(findings())
            .lines()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).toLowerCase().replace(":", "").replace(' ', '-'))
            .collect(Collectors.toSet());
    Pattern anchor = Pattern.compile("findings\\.md#([a-z-]+)");
    for (Path page : markdown(handbook())) {
      anchor
          .matcher(Files.readString(page))
          .results()
          .forEach(found -> assertTrue(anchors.contains(found.group(1)), page + found.group()));
    }
  }

  @Test
  void every_kind_of_finding_is_named() throws IOException {
    String all = "";
    for (Path page : markdown(handbook())) {
      all += Files.readString(page);
    }
    List<MatchResult> kinds = KIND.matcher(Files.readString(findings())).results().toList();
    assertFalse(kinds.isEmpty());
    for (MatchResult kind : kinds) {
      assertTrue(all.matches("(?s).*\\b" + kind.group(1) + "\\b.*"), kind.group(1) + " is missing");
    }
  }

  private void hinted(List<String> words, String place) {
    int hints = kit.exercise(words.get(0)).hints().size();
    assertTrue(words.size() < 2 || Integer.parseInt(words.get(1)) <= hints, place);
  }

  private void graded(List<String> words, String place) throws IOException {
    Path mutant = Path.of(words.get(0));
    String id = mutant.getParent().getFileName().toString();
    List<String> mutants = kit.specimensOf(kit.exercise(id)).mutants();
    assertTrue(mutants.contains(mutant.getFileName().toString()), place);
    existing(words.get(words.indexOf("--exercise") + 1), words, place);
  }

  private void replayed(String[] parts, String place) throws IOException {
    existing(parts[0], List.of("--check", parts[1]), place);
  }

  private void existing(String id, List<String> words, String place) throws IOException {
    Exercise exercise = kit.exercise(id);
    int option = words.indexOf("--check");
    if (option >= 0) {
      List<String> checks = checks(exercise);
      assertTrue(checks.contains(words.get(option + 1)), place + " is none of " + checks);
    }
  }

  /** From the sources: the grader is built before the exercises are. */
  private static List<String> checks(Exercise exercise) throws IOException {
    List<String> checks = new ArrayList<>();
    for (Path contract : exercise.contracts()) {
      CHECK.matcher(Files.readString(contract)).results().forEach(c -> checks.add(c.group(1)));
    }
    return checks;
  }

  /** The files that a page links to, without those of other sites and without places inside. */
  private static List<String> links(Path page) throws IOException {
    return LINK.matcher(Files.readString(page))
        .results()
        .map(found -> found.group(1).replaceFirst("#.*", ""))
        .filter(target -> !target.isEmpty() && !target.contains("://"))
        .toList();
  }

  private List<Path> chapters() throws IOException {
    return markdown(handbook()).stream()
        .filter(page -> page.getFileName().toString().matches("\\d\\d-.*"))
        .toList();
  }

  private Path handbook() {
    return docs.resolve("handbook");
  }

  private Path findings() {
    return docs.resolve("findings.md");
  }

  private static List<Path> markdown(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }
}

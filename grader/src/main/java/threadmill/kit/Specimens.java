package threadmill.kit;

import com.github.difflib.patch.PatchFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import threadmill.kit.Specimen.Role;
import threadmill.model.Exercise;

/**
 * Reads the specimens of an exercise. What is kept as a patch is made whole in the workshop, and so
 * is a folder without some of the student's files: it has those of its base.
 */
public final class Specimens {
  private static final String REFERENCES = "solutions/src/main/java";
  private static final String VARIANTS = "solutions/src/variants";
  private static final String MUTANTS = "solutions/src/mutants";
  private static final Pattern STORY =
      Pattern.compile("//\\s*(\\S[^|]*?)\\s*\\|\\s*rejected by (\\S+)\\s*\\|\\s*(\\S.*)");

  private final Kit kit;
  private final Exercise exercise;

  Specimens(Kit kit, Exercise exercise) {
    this.kit = kit;
    this.exercise = exercise;
  }

  /** All of them; see {@link Kit#specimens}. */
  List<Specimen> all() {
    List<Specimen> all = new ArrayList<>();
    stub().filter(Files::isDirectory).ifPresent(f -> all.add(right(Role.STUB, "stub", f)));
    if (Files.isDirectory(reference())) {
      all.add(right(Role.REFERENCE, Mistake.REFERENCE, reference()));
    }
    for (Path folder : Kit.folders(variants())) {
      all.add(right(Role.VARIANT, folder.getFileName().toString(), folder));
    }
    List<String> faults = new ArrayList<>();
    for (String name : mutants()) {
      try {
        all.add(mutant(name));
      } catch (KitException e) {
        faults.add(e.getMessage());
      }
    }
    if (!faults.isEmpty()) {
      throw new KitException(String.join("\n", faults));
    }
    return all;
  }

  private Optional<Path> stub() {
    return exercise.stubs().stream().findFirst().map(Path::getParent);
  }

  private Path reference() {
    return kit.root().resolve(REFERENCES).resolve(exercise.folder());
  }

  private Path variants() {
    return kit.root().resolve(VARIANTS).resolve(exercise.id());
  }

  /** Where the mutants of the exercise are kept. */
  Path mutantsFolder() {
    return kit.root().resolve(MUTANTS).resolve(exercise.id());
  }

  /** The names of the mutants, in order. */
  List<String> mutants() {
    return Kit.list(mutantsFolder()).stream()
        .map(Specimens::nameOf)
        .flatMap(Optional::stream)
        .sorted()
        .toList();
  }

  private static Optional<String> nameOf(Path kept) {
    String name = kept.getFileName().toString();
    if (Files.isDirectory(kept)) {
      return Optional.of(name);
    }
    return name.endsWith(MutantPatch.ENDING)
        ? Optional.of(name.substring(0, name.length() - MutantPatch.ENDING.length()))
        : Optional.empty();
  }

  private Specimen right(Role role, String name, Path kept) {
    Path folder = role == Role.VARIANT ? whole(kept, Mistake.REFERENCE) : kept;
    return new Specimen(role, exercise, name, folder, kept, Optional.empty());
  }

  /** One mutant. */
  Specimen mutant(String name) {
    Path patch = patchOf(name);
    if (Files.exists(patch)) {
      MutantPatch read = patch(name);
      Path folder = made(patch, applied(name, read));
      return new Specimen(Role.MUTANT, exercise, name, folder, patch, Optional.of(read.mistake()));
    }
    Path kept = mutantsFolder().resolve(name);
    Mistake mistake = mistake(kept);
    Path folder = whole(kept, mistake.base());
    return new Specimen(Role.MUTANT, exercise, name, folder, kept, Optional.of(mistake));
  }

  /** Where a mutant is kept that is a patch. */
  Path patchOf(String name) {
    return mutantsFolder().resolve(name + MutantPatch.ENDING);
  }

  /**
   * A mutant's patch.
   *
   * @throws KitException if there is none, or it is not one
   */
  MutantPatch patch(String name) {
    Path file = patchOf(name);
    try {
      return MutantPatch.parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new KitException("cannot read " + file, e);
    }
  }

  /**
   * The program that a patch makes.
   *
   * @throws KitException naming the mutant and the hunk that does not fit its base any more
   */
  Map<String, String> applied(String name, MutantPatch patch) {
    try {
      return patch.apply(base(patch.mistake().base()));
    } catch (PatchFailedException e) {
      throw new KitException(
          exercise.id()
              + "/"
              + name
              + " does not fit "
              + patch.mistake().base()
              + " any more: "
              + e.getMessage()
              + "; see ./threadmill dev mutant edit "
              + exercise.id()
              + "/"
              + name,
          e);
    }
  }

  /**
   * The text of each file of a right program, by its name as a mutant gives it as its base.
   *
   * @throws KitException if there is no such program
   */
  Map<String, String> base(String name) {
    Path folder =
        name.equals(Mistake.REFERENCE)
            ? reference()
            : name.startsWith("variants/")
                ? variants().resolve(name.substring("variants/".length()))
                : null;
    if (folder == null || !Files.isDirectory(folder)) {
      throw new KitException(
          exercise.id() + " has no base '" + name + "': it is reference, or variants/NAME");
    }
    Map<String, String> texts = texts(folder);
    if (!name.equals(Mistake.REFERENCE)) {
      addMissing(texts, texts(reference()));
    }
    return texts;
  }

  /** A folder as it is, or if files of the student's are missing there, a whole one. */
  private Path whole(Path kept, String base) {
    Map<String, String> texts = texts(kept);
    if (exercise.stubs().stream().map(Specimens::fileOf).allMatch(texts::containsKey)) {
      return kept;
    }
    addMissing(texts, base(base));
    return made(kept, texts);
  }

  private static String fileOf(Path stub) {
    return stub.getFileName().toString();
  }

  private void addMissing(Map<String, String> texts, Map<String, String> others) {
    others.forEach(
        (file, text) -> {
          if (isStudents(file)) {
            texts.putIfAbsent(file, text);
          }
        });
  }

  private boolean isStudents(String file) {
    return exercise.stubs().stream().map(Specimens::fileOf).anyMatch(file::equals);
  }

  /** A folder with these files in the workshop; the same one for what is kept at the same place. */
  private Path made(Path kept, Map<String, String> texts) {
    Path folder =
        kit.workshop()
            .resolve("specimens")
            .resolve(kit.root().relativize(kept).toString().replaceFirst("^solutions/src/", ""));
    try {
      Files.createDirectories(folder);
      // Drafts are those of somebody who makes the same folder at the same time.
      for (Path old : Kit.javaFiles(folder)) {
        if (!texts.containsKey(old.getFileName().toString())) {
          Files.deleteIfExists(old);
        }
      }
      for (Map.Entry<String, String> text : texts.entrySet()) {
        write(folder.resolve(text.getKey()), text.getValue());
      }
      return folder;
    } catch (IOException e) {
      throw new KitException("cannot write " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Others may be reading it. */
  private static void write(Path file, String text) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    Path draft = Files.createTempFile(file.getParent(), "draft", "");
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The text of each Java file in a folder. */
  public static Map<String, String> texts(Path folder) {
    Map<String, String> texts = new TreeMap<>();
    for (Path file : Kit.javaFiles(folder)) {
      try {
        texts.put(file.getFileName().toString(), Files.readString(file));
      } catch (IOException e) {
        throw new KitException("cannot read " + file, e);
      }
    }
    return texts;
  }

  /**
   * What is wrong about a mutant that is kept whole: one of its files begins with {@code //
   * OPERATOR | rejected by CHECK | the story}, on one line or more.
   */
  static Mistake mistake(Path folder) {
    return texts(folder).values().stream()
        .map(Specimens::story)
        .filter(Matcher::matches)
        .findFirst()
        .map(
            story -> new Mistake(story.group(1), story.group(2), Mistake.REFERENCE, story.group(3)))
        .orElseThrow(
            () ->
                new KitException(
                    folder
                        + ": no file begins with '// OPERATOR | rejected by CHECK | the story'"));
  }

  private static Matcher story(String text) {
    String head = text.lines().takeWhile(Specimens::isHead).collect(Collectors.joining(" "));
    return STORY.matcher(head.replace(" // ", " "));
  }

  private static boolean isHead(String line) {
    return line.startsWith("//");
  }

  /** A file without what it says at its head of the mistake. */
  static String withoutMistake(String text) {
    return story(text).matches()
        ? text.lines().dropWhile(Specimens::isHead).collect(Collectors.joining("\n", "", "\n"))
        : text;
  }
}

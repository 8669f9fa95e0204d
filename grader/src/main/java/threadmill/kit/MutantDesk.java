package threadmill.kit;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import threadmill.model.Exercise;

/**
 * Where the mutants of an exercise are written: as work copies, whole programs that can be edited,
 * with {@value #HEAD} beside them. For one thread.
 */
public final class MutantDesk {
  private static final String HEAD = "mutant.txt";

  /** Of a file, one in so many lines may be changed by a patch. */
  private static final int MOST = 3;

  private final Kit kit;
  private final Exercise exercise;
  private final Specimens specimens;
  private final List<String> left = new ArrayList<>();

  public MutantDesk(Kit kit, Exercise exercise) {
    this.kit = kit;
    this.exercise = exercise;
    this.specimens = kit.specimensOf(exercise);
  }

  /** The head of a mutant, and its files with each line marked: taken away, added, or as before. */
  public String shown(String name) {
    Mistake mistake = mistake(name);
    Map<String, String> right = specimens.base(mistake.base());
    StringBuilder shown = new StringBuilder(head(mistake));
    program(name)
        .forEach((file, wrong) -> shown.append(marked(file, right.getOrDefault(file, ""), wrong)));
    return shown.toString();
  }

  private static String marked(String file, String right, String wrong) {
    List<String> before = right.lines().toList();
    int all = before.size() + (int) wrong.lines().count();
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            file, file, before, DiffUtils.diff(before, wrong.lines().toList()), all);
    if (diff.isEmpty()) {
      return "";
    }
    return "\n" + file + "\n" + String.join("\n", diff.subList(3, diff.size())) + "\n";
  }

  /** Writes the program where its work copy would be. */
  public Path apply(String name) throws IOException {
    return copy(name, mistake(name), program(name));
  }

  /**
   * Writes the program into a folder.
   *
   * @throws KitException if there is something in it
   */
  public Path apply(String name, Path folder) throws IOException {
    Map<String, String> texts = program(name);
    if (!Kit.list(folder).isEmpty()) {
      throw new KitException(folder + " is not empty");
    }
    write(folder, texts);
    return folder;
  }

  /**
   * Makes a work copy of a right program.
   *
   * @throws KitException if there is a mutant of that name, or no such program
   */
  public Path begin(String name, Mistake mistake) throws IOException {
    if (!name.matches("[a-z0-9_]+")) {
      throw new KitException("a mutant's name is made of a-z, 0-9 and _, unlike '" + name + "'");
    }
    if (specimens.mutants().contains(name)) {
      throw new KitException(exercise.id() + " has a mutant " + name);
    }
    return copy(name, mistake, specimens.base(mistake.base()));
  }

  /** Makes a work copy of a mutant; hunks that fit no more are {@link #left}. */
  public Path edit(String name) throws IOException {
    Mistake mistake = mistake(name);
    Map<String, String> texts =
        Files.exists(specimens.patchOf(name))
            ? specimens.patch(name).applyWhatFits(specimens.base(mistake.base()), left)
            : program(name);
    return copy(name, mistake, texts);
  }

  /** The hunks that did not fit when the last work copy was made. */
  public List<String> left() {
    return List.copyOf(left);
  }

  private Path copy(String name, Mistake mistake, Map<String, String> texts) throws IOException {
    Path copy = workCopy(name);
    for (Path old : Kit.list(copy)) {
      Files.delete(old);
    }
    write(copy, texts);
    Files.writeString(copy.resolve(HEAD), head(mistake));
    return copy;
  }

  private Path workCopy(String name) {
    return kit.root().resolve("target/mutants").resolve(exercise.id()).resolve(name);
  }

  private static void write(Path folder, Map<String, String> texts) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Files.writeString(folder.resolve(text.getKey()), text.getValue());
    }
  }

  /**
   * Makes the patch again from the work copy.
   *
   * @return where the mutant is kept now
   * @throws KitException if there is no work copy, or nothing is wrong in it
   */
  public Path save(String name) throws IOException {
    Path copy = workCopy(name);
    if (!Files.exists(copy.resolve(HEAD))) {
      throw new KitException("there is no work copy of " + name + " in " + copy);
    }
    Mistake mistake = MutantPatch.head(Files.readString(copy.resolve(HEAD)), copy + "/" + HEAD);
    Map<String, String> right = specimens.base(mistake.base());
    Map<String, String> wrong = Specimens.texts(copy);
    MutantPatch patch = MutantPatch.between(mistake, right, wrong);
    if (patch.diff().isEmpty()) {
      throw new KitException(copy + " is like " + mistake.base() + ": nothing is wrong in it");
    }
    Path folder = specimens.mutantsFolder().resolve(name);
    for (Path old : Kit.list(folder)) {
      Files.delete(old);
    }
    Files.deleteIfExists(folder);
    Files.deleteIfExists(specimens.patchOf(name));
    if (isSmall(patch, right, wrong)) {
      Files.createDirectories(specimens.mutantsFolder());
      return Files.writeString(specimens.patchOf(name), patch.text());
    }
    write(folder, withHead(mistake, changed(specimens.base(Mistake.REFERENCE), wrong)));
    return folder;
  }

  private static boolean isSmall(
      MutantPatch patch, Map<String, String> right, Map<String, String> wrong) {
    long lines =
        wrong.entrySet().stream()
            .filter(e -> !e.getValue().equals(right.get(e.getKey())))
            .mapToLong(e -> e.getValue().lines().count())
            .sum();
    boolean removesOne = !wrong.keySet().containsAll(right.keySet());
    return !removesOne && patch.changedLines() * MOST <= lines;
  }

  private static Map<String, String> changed(
      Map<String, String> reference, Map<String, String> wrong) {
    Map<String, String> own = new TreeMap<>(wrong);
    own.entrySet().removeIf(file -> file.getValue().equals(reference.get(file.getKey())));
    return own;
  }

  private static Map<String, String> withHead(Mistake mistake, Map<String, String> texts) {
    String head = "// " + mistake.operator() + " | rejected by " + mistake.rejectedBy() + " | ";
    String line = head + mistake.story() + "\n";
    Map<String, String> headed = new TreeMap<>(texts);
    String first = headed.keySet().iterator().next();
    headed.compute(first, (file, text) -> line + text);
    return headed;
  }

  /**
   * Makes every patch again that still fits, though at other lines.
   *
   * @return the names of those that fit no more
   */
  public List<String> rebase() throws IOException {
    List<String> lost = new ArrayList<>();
    for (String name : specimens.mutants()) {
      if (Files.exists(specimens.patchOf(name))) {
        MutantPatch patch = specimens.patch(name);
        List<String> misfits = new ArrayList<>();
        Map<String, String> right = specimens.base(patch.mistake().base());
        Map<String, String> wrong = patch.applyWhatFits(right, misfits);
        if (misfits.isEmpty()) {
          String text = MutantPatch.between(patch.mistake(), right, wrong).text();
          Files.writeString(specimens.patchOf(name), text);
        } else {
          lost.add(name);
        }
      }
    }
    return lost;
  }

  private Mistake mistake(String name) {
    if (Files.exists(specimens.patchOf(name))) {
      return specimens.patch(name).mistake();
    }
    if (!specimens.mutants().contains(name)) {
      throw new KitException(exercise.id() + " has no mutant " + name);
    }
    return Specimens.mistake(specimens.mutantsFolder().resolve(name));
  }

  /** Its files, which say nothing of the mistake. */
  private Map<String, String> program(String name) {
    mistake(name);
    Map<String, String> texts = Specimens.texts(specimens.mutant(name).folder());
    texts.replaceAll((file, text) -> Specimens.withoutMistake(text));
    return texts;
  }

  private static String head(Mistake mistake) {
    return MutantPatch.between(mistake, Map.of(), Map.of()).text();
  }
}

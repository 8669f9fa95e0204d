package threadmill.kit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import threadmill.model.Exercise;

/** A checkout of the kit: the folders are the catalogue. Immutable; read once. */
public final class Kit {
  private static final String MAIN = "exercises/src/main/java";
  private static final String TESTS = "exercises/src/test/java";
  private static final String STUBS = "exercises/src/stubs";
  private static final int NEAR = 3;

  private final Path root;
  private final List<Exercise> exercises;

  private Kit(Path root) {
    if (root.toString().contains(File.pathSeparator)) {
      throw new KitException(
          "the path "
              + root
              + " has '"
              + File.pathSeparator
              + "' in it, as class paths do; move it");
    }
    this.root = root;
    this.exercises = readAll();
  }

  /**
   * Reads the kit that a folder belongs to.
   *
   * @throws KitException if neither the folder nor one above it is a kit, or a file of it is wrong
   */
  public static Kit find(Path from) {
    for (Path dir = from.toAbsolutePath().normalize(); dir != null; dir = dir.getParent()) {
      if (Files.isDirectory(dir.resolve(MAIN)) && Files.isDirectory(dir.resolve(STUBS))) {
        return new Kit(dir);
      }
    }
    throw new KitException(
        from + " is not inside a Threadmill checkout: no folder above it has " + MAIN);
  }

  public Path root() {
    return root;
  }

  /** Where students write. */
  public Path sources() {
    return root.resolve(MAIN);
  }

  /** Where the grader keeps what it built. */
  public Path workshop() {
    return root.resolve("exercises/target/threadmill");
  }

  /** The exercises in the order of study. */
  public List<Exercise> exercises() {
    return exercises;
  }

  /**
   * One exercise by its id, as in {@code locks.mutex}, or its number, as in {@code 5.2}.
   *
   * @throws KitException naming the nearest ids if there is none
   */
  public Exercise exercise(String id) {
    return exercises.stream()
        .filter(e -> e.id().equals(id) || e.order().equals(id))
        .findFirst()
        .orElseThrow(() -> new KitException(unknown(id)));
  }

  /** Those with these ids or numbers, or all if none is given, in the order of study. */
  public List<Exercise> exercises(List<String> ids) {
    Set<Exercise> wanted = ids.stream().map(this::exercise).collect(Collectors.toSet());
    return ids.isEmpty() ? exercises : exercises.stream().filter(wanted::contains).toList();
  }

  /** Whether the student has changed any of the stubs of this exercise. */
  public boolean isTouched(Exercise exercise) {
    return exercise.stubs().stream()
        .anyMatch(stub -> !sameText(stub, studentsFile(exercise, stub)));
  }

  /** Where the student writes what this stub becomes. */
  public Path studentsFile(Exercise exercise, Path stub) {
    return sources().resolve(exercise.folder()).resolve(stub.getFileName().toString());
  }

  /** The stub, the reference, the variants and the mutants of an exercise, in this order. */
  public List<Specimen> specimens(Exercise exercise) {
    return new Specimens(this, exercise).all();
  }

  /** The specimens of an exercise, to be looked into and changed. */
  Specimens specimensOf(Exercise exercise) {
    return new Specimens(this, exercise);
  }

  private String unknown(String id) {
    List<String> near =
        exercises.stream()
            .map(Exercise::id)
            .sorted(Comparator.comparingInt(other -> distance(id, other)))
            .limit(NEAR)
            .toList();
    return "there is no exercise '" + id + "'; the nearest are " + String.join(", ", near);
  }

  private static int distance(String wanted, String id) {
    LevenshteinDistance levenshtein = LevenshteinDistance.getDefaultInstance();
    int whole = levenshtein.apply(wanted, id);
    return Math.min(whole, levenshtein.apply(wanted, id.substring(id.indexOf('.') + 1)));
  }

  private List<Exercise> readAll() {
    List<Exercise> found = new ArrayList<>();
    for (Path chapter : folders(root.resolve(MAIN))) {
      for (Path folder : folders(chapter)) {
        if (Files.exists(folder.resolve("README.md"))) {
          found.add(read(chapter.getFileName() + "." + folder.getFileName(), folder));
        }
      }
    }
    found.sort(Comparator.comparing(Exercise::order, Kit::compareOrder));
    return List.copyOf(found);
  }

  private Exercise read(String id, Path folder) {
    Path readme = folder.resolve("README.md");
    FrontMatter matter = FrontMatter.read(readme);
    List<Path> stubs = javaFiles(root.resolve(STUBS).resolve(id));
    List<String> stubNames = stubs.stream().map(p -> p.getFileName().toString()).toList();
    List<Path> given =
        javaFiles(folder).stream()
            .filter(p -> !stubNames.contains(p.getFileName().toString()))
            .toList();
    return new Exercise(
        id,
        matter.order(),
        matter.title(),
        matter.difficulty(),
        matter.points(),
        matter.java(),
        matter.os().equals("linux"),
        matter.hints(),
        readme,
        stubs,
        withCommon(given),
        javaFiles(root.resolve(TESTS).resolve(id.replace('.', '/'))),
        matter.limits());
  }

  private List<Path> withCommon(List<Path> given) {
    List<Path> all = new ArrayList<>(javaFiles(root.resolve(MAIN).resolve("threadmill")));
    all.addAll(given);
    return all;
  }

  static int compareOrder(String a, String b) {
    String[] left = a.split("\\.");
    String[] right = b.split("\\.");
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int difference = Integer.compare(Integer.parseInt(left[i]), Integer.parseInt(right[i]));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  static List<Path> javaFiles(Path folder) {
    return list(folder).stream().filter(p -> p.toString().endsWith(".java")).toList();
  }

  static List<Path> folders(Path parent) {
    return list(parent).stream().filter(Files::isDirectory).toList();
  }

  static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static boolean sameText(Path a, Path b) {
    try {
      return Files.exists(b) && Files.readString(a).equals(Files.readString(b));
    } catch (IOException e) {
      return false;
    }
  }

  /** The version of the kit that this code was built from. */
  public static String version() {
    return Optional.ofNullable(KitVersion.read()).orElse("unknown");
  }
}

package threadmill.intake;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import threadmill.model.Exercise;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Submission;
import threadmill.model.Submission.Source;
import threadmill.model.Where;

/**
 * Takes in submissions: Java sources of the kit's exercises and nothing else. A file belongs to the
 * exercise that its package clause names, wherever it lies; of a checkout of the whole kit only the
 * exercises are read. Thread-safe.
 */
public final class Intake {
  private static final String KIT_SOURCES = "exercises/src/main/java/";
  private final List<Exercise> exercises;
  private final Limits limits;

  public Intake(List<Exercise> exercises) {
    this(exercises, Limits.STANDARD);
  }

  Intake(List<Exercise> exercises, Limits limits) {
    this.exercises = exercises;
    this.limits = limits;
  }

  /**
   * Reads a folder or a zip archive.
   *
   * @throws Refusal if nothing of it can be graded; a fault that concerns a single exercise is
   *     noted in {@link Submission#problems} instead
   */
  public Submission take(Path path) throws Refusal {
    List<String> notes = new ArrayList<>();
    List<RawFile> files = ofKit(read(path, notes));
    Map<String, List<Source>> sources = new LinkedHashMap<>();
    Map<String, Finding> problems = new LinkedHashMap<>();
    Map<String, Finding> misplaced = new LinkedHashMap<>();
    Map<String, RawFile> seen = new HashMap<>();
    for (RawFile file : files) {
      sort(file, sources, problems, misplaced, seen, notes);
    }
    misplaced.keySet().removeAll(sources.keySet());
    misplaced.forEach(problems::putIfAbsent);
    sources.keySet().removeAll(problems.keySet());
    if (sources.isEmpty() && problems.isEmpty()) {
      throw new Refusal(
          "holds no exercise: no Java file in it declares a package of the kit, such as '"
              + exercises.get(0).id()
              + "'");
    }
    return new Submission(FileNames.submission(path), hash(sources), sources, problems, notes);
  }

  private List<RawFile> read(Path path, List<String> notes) throws Refusal {
    if (Files.isDirectory(path)) {
      return sorted(new FolderReader(limits).read(path, notes));
    }
    if (!Files.isReadable(path)) {
      throw new Refusal("cannot be read: check its permissions");
    }
    if (path.toString().endsWith(".java")) {
      throw new Refusal("is a single file; hand in the folder or a zip of it");
    }
    return sorted(new ZipReader(limits).read(path, notes));
  }

  private static List<RawFile> sorted(List<RawFile> files) {
    return files.stream().sorted(Comparator.comparing(RawFile::path)).toList();
  }

  /** Of a checkout of the kit, references and mutants beside the student's files are left out. */
  private static List<RawFile> ofKit(List<RawFile> files) {
    List<RawFile> inside =
        files.stream().filter(f -> ("/" + f.path()).contains("/" + KIT_SOURCES)).toList();
    return inside.isEmpty() ? files : inside;
  }

  private void sort(
      RawFile file,
      Map<String, List<Source>> sources,
      Map<String, Finding> problems,
      Map<String, Finding> misplaced,
      Map<String, RawFile> seen,
      List<String> notes) {
    Optional<String> text = file.bytes() == null ? Optional.empty() : decode(file.bytes());
    Optional<Exercise> owner =
        text.isPresent() ? PackageClause.of(text.get()).flatMap(this::byId) : unreadOwner(file);
    if (owner.isEmpty()) {
      notes.add("ignored " + file.path() + ": no exercise has its package");
      byFileName(file)
          .ifPresent(
              e -> misplaced.put(e.id(), misplaced(file, e, PackageClause.of(text.orElse("")))));
      return;
    }
    Exercise exercise = owner.get();
    if (text.isEmpty()) {
      String why =
          file.bytes() == null
              ? " cannot be read"
              : " is not UTF-8; save it as UTF-8 and hand it in again";
      problems.put(exercise.id(), problem(file, file.name() + why));
      return;
    }
    if (names(exercise.given(), file)) {
      notes.add("ignored " + file.path() + ": a given file, the kit uses its own");
      return;
    }
    RawFile twin = seen.putIfAbsent(exercise.id() + "/" + file.name(), file);
    if (twin != null) {
      String both = twin.path() + " and " + file.path();
      problems.put(
          exercise.id(), problem(file, file.name() + " is there twice, as " + both + "; keep one"));
      return;
    }
    sources
        .computeIfAbsent(exercise.id(), id -> new ArrayList<>())
        .add(new Source(file.path(), file.name(), text.get()));
  }

  /** Of a file that is not UTF-8 the package clause still can be read, mostly. */
  private Optional<Exercise> unreadOwner(RawFile file) {
    String raw = file.bytes() == null ? "" : new String(file.bytes(), StandardCharsets.ISO_8859_1);
    return PackageClause.of(raw).flatMap(this::byId).or(() -> byFileName(file));
  }

  private Optional<Exercise> byId(String id) {
    return exercises.stream().filter(e -> e.id().equals(id)).findFirst();
  }

  private Optional<Exercise> byFileName(RawFile file) {
    return exercises.stream().filter(e -> names(e.stubs(), file)).findFirst();
  }

  /** A file named like a stub in a foreign package was probably meant for that exercise. */
  private static Finding misplaced(RawFile file, Exercise exercise, Optional<String> found) {
    String has = found.map(p -> "declares 'package " + p + ";'").orElse("declares no package");
    return problem(
        file, file.name() + " " + has + "; this exercise needs 'package " + exercise.id() + ";'");
  }

  private static Finding problem(RawFile file, String sentence) {
    return Finding.of(Kind.CONTRACT, sentence).at(new Where(file.path(), 0));
  }

  private static boolean names(List<Path> paths, RawFile file) {
    return paths.stream().anyMatch(p -> p.getFileName().toString().equals(file.name()));
  }

  private static Optional<String> decode(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String hash(Map<String, List<Source>> sources) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      sources.values().stream()
          .flatMap(List::stream)
          .sorted(Comparator.comparing(Source::path))
          .forEach(
              s ->
                  digest.update(
                      (s.path() + "\0" + s.text() + "\0").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

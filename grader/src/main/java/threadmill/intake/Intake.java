package threadmill.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import threadmill.model.Exercise;
import threadmill.model.FileNames;
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
  private static final int LONGEST_SHOWN = 60;

  /** What this JVM takes the names of files to be written in. */
  private static final String LOCALE = System.getProperty("sun.jnu.encoding", "UTF-8");

  private final List<Exercise> exercises;
  private final Limits limits;
  private final FolderReader folders;

  public Intake(List<Exercise> exercises) {
    this(exercises, Limits.STANDARD);
  }

  Intake(List<Exercise> exercises, Limits limits) {
    this(exercises, limits, new FolderReader(limits));
  }

  Intake(List<Exercise> exercises, Limits limits, FolderReader folders) {
    this.exercises = exercises;
    this.limits = limits;
    this.folders = folders;
  }

  /**
   * Reads a folder or a zip archive.
   *
   * @throws Refusal if nothing of it can be graded; a fault that concerns a single exercise is
   *     noted in {@link Submission#problems} instead
   * @throws Unreadable if the machine is at fault
   */
  public Submission take(Path path) throws Refusal {
    Notes notes = new Notes();
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
    sources.forEach((id, all) -> tooLarge(all).ifPresent(p -> problems.putIfAbsent(id, p)));
    sources.keySet().removeAll(problems.keySet());
    if (sources.isEmpty() && problems.isEmpty()) {
      throw new Refusal(
          "holds no exercise: no Java file in it declares a package of the kit, such as '"
              + exercises.get(0).id()
              + "'",
          notes.list());
    }
    return new Submission(
        FileNames.submission(path), hash(sources), sources, problems, notes.list());
  }

  /**
   * A link could stand for another's work, or for the references of the kit, so none is followed. A
   * special file may keep a reader waiting for ever.
   */
  private List<RawFile> read(Path path, Notes notes) throws Refusal {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new Unreadable("cannot be read", e);
    }
    if (attributes.isSymbolicLink()) {
      throw new Refusal("is a symbolic link, which is not followed; name what it points to");
    }
    if (attributes.isDirectory()) {
      return sorted(folders.read(path, notes));
    }
    if (!attributes.isRegularFile()) {
      throw new Refusal("is neither a folder nor a file; hand in the folder or a zip of it");
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
      Notes notes)
      throws Unreadable {
    if (file.fault().isPresent()) {
      unread(file, problems);
      return;
    }
    Optional<String> text = decode(file.bytes());
    Optional<Exercise> owner =
        text.isPresent() ? PackageClause.of(text.get()).flatMap(this::byId) : garbledOwner(file);
    if (owner.isEmpty()) {
      notes.add("ignored " + file.path() + ": no exercise has its package");
      byFileName(file)
          .ifPresent(
              e -> misplaced.put(e.id(), misplaced(file, e, PackageClause.of(text.orElse("")))));
      return;
    }
    Exercise exercise = owner.get();
    if (text.isEmpty()) {
      String why = " is not UTF-8; save it as UTF-8 and hand it in again";
      add(problems, exercise, problem(file, shown(file.name()) + why));
      return;
    }
    if (names(exercise.given(), file)) {
      notes.add("ignored " + file.path() + ": a given file, the kit uses its own");
      return;
    }
    Optional<Finding> misnamed = misnamed(file);
    if (misnamed.isPresent()) {
      add(problems, exercise, misnamed.get());
      return;
    }
    String key = exercise.id() + "/" + file.name().toLowerCase(Locale.ROOT);
    RawFile twin = seen.putIfAbsent(key, file);
    if (twin != null) {
      String both = twin.path() + " and " + file.path();
      boolean same = twin.name().equals(file.name());
      String why =
          same
              ? " is there twice, as " + both + "; keep one"
              : " is there in another case too, as " + both + "; rename one";
      add(problems, exercise, problem(file, file.name() + why));
      return;
    }
    sources
        .computeIfAbsent(exercise.id(), id -> new ArrayList<>())
        .add(new Source(file.path(), file.name(), text.get()));
  }

  /**
   * What cannot be read belongs to the exercise whose stub is called so, or in whose folder it
   * lies; if it could be of any, nothing of the submission can be graded.
   */
  private void unread(RawFile file, Map<String, Finding> problems) throws Unreadable {
    Optional<Exercise> owner = byFileName(file).or(() -> byFolder(file));
    if (owner.isEmpty()) {
      throw new Unreadable(file.path(), file.fault().get());
    }
    if (!names(owner.get().given(), file)) {
      String sentence = Unreadable.sentence(file.path(), file.fault().get());
      problems.put(owner.get().id(), ours(file, sentence));
    }
  }

  /** What speaks against nobody comes before what speaks against the submission. */
  private static void add(Map<String, Finding> problems, Exercise exercise, Finding found) {
    problems.merge(
        exercise.id(), found, (before, now) -> before.kind() == Kind.INCONCLUSIVE ? before : now);
  }

  /** Why no source file may be called so, if it may not. */
  private Optional<Finding> misnamed(RawFile file) {
    String name = file.name();
    if (name.getBytes(StandardCharsets.UTF_8).length > limits.name()) {
      String why = " has a name of more than " + limits.name() + " bytes; shorten it";
      return Optional.of(problem(file, shown(name) + why));
    }
    if (name.indexOf('\uFFFD') >= 0 && !LOCALE.equalsIgnoreCase("UTF-8")) {
      String why = " has a name that is no text in this machine's locale (" + LOCALE;
      String what = "); grade it again in one of UTF-8, as with LC_ALL=C.UTF-8";
      return Optional.of(ours(file, shown(name) + why + what));
    }
    if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
      String why = " has a name that is no text in UTF-8; rename it, and its class";
      return Optional.of(problem(file, shown(name) + why));
    }
    return Optional.empty();
  }

  private static String shown(String name) {
    String plain = RawFile.shown(name);
    return plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN) + "…";
  }

  private Optional<Finding> tooLarge(List<Source> sources) {
    if (sources.size() > limits.sources()) {
      return Optional.of(
          Finding.of(
              Kind.CONTRACT,
              "there are more than "
                  + limits.sources()
                  + " source files of this exercise; hand in those that it needs"));
    }
    long bytes =
        sources.stream().mapToLong(s -> s.text().getBytes(StandardCharsets.UTF_8).length).sum();
    if (bytes > limits.sourceBytes()) {
      return Optional.of(
          Finding.of(
              Kind.CONTRACT,
              "the source files of this exercise have more than "
                  + Limits.number(limits.sourceBytes() >> 10)
                  + " KiB together; hand in what it needs"));
    }
    return Optional.empty();
  }

  /** Of a file that is not UTF-8 the package clause still can be read, mostly. */
  private Optional<Exercise> garbledOwner(RawFile file) {
    String raw = new String(file.bytes(), StandardCharsets.ISO_8859_1);
    return PackageClause.of(raw).flatMap(this::byId).or(() -> byFileName(file));
  }

  private Optional<Exercise> byId(String id) {
    return exercises.stream().filter(e -> e.id().equals(id)).findFirst();
  }

  private Optional<Exercise> byFolder(RawFile file) {
    return exercises.stream()
        .filter(e -> ("/" + file.path()).contains("/" + e.folder() + "/"))
        .findFirst();
  }

  private Optional<Exercise> byFileName(RawFile file) {
    return exercises.stream().filter(e -> names(e.stubs(), file)).findFirst();
  }

  /** A file named like a stub in a foreign package was probably meant for that exercise. */
  private static Finding misplaced(RawFile file, Exercise exercise, Optional<String> found) {
    String has =
        found.map(p -> "declares 'package " + shown(p) + ";'").orElse("declares no package");
    String name = shown(file.name());
    return problem(
        file, name + " " + has + "; this exercise needs 'package " + exercise.id() + ";'");
  }

  private static Finding problem(RawFile file, String sentence) {
    return Finding.of(Kind.CONTRACT, sentence).at(new Where(file.path(), 0));
  }

  private static Finding ours(RawFile file, String sentence) {
    return Finding.of(Kind.INCONCLUSIVE, sentence).at(new Where(file.path(), 0));
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

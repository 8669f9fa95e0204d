package threadmill.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import threadmill.model.FileNames;
import threadmill.model.Report;

/**
 * A folder of reports and its audit log, which always agree: a report is written aside, then its
 * line into the log, with the hash of its bytes, then it is moved into place, all under the lock of
 * the log. Whatever ends a grader in between, {@link #recover} knows by the line what to do with
 * what lies aside. Thread-safe.
 */
public final class ReportFolder {
  /** The name of the audit log. */
  public static final String LOG = AuditLog.FILE;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GRADE = "grade";
  private static final String REGRADE = "regrade";
  private static final List<String> FILES = List.of(JsonReport.INSTRUCTORS, JsonReport.STUDENTS);

  /**
   * What a report does not say of how it came about.
   *
   * @param name of the report's folder
   * @param path of the submission
   */
  public record Inputs(String name, String path, Asked asked) {}

  /**
   * The latest line of a report.
   *
   * @param number of the line, from 1
   * @param hashes of the bytes that its files must have, by the files' names
   */
  record Entry(int number, Inputs inputs, Map<String, String> hashes) {}

  private final Path folder;

  public ReportFolder(Path folder) {
    this.folder = folder;
  }

  /** Whether something was ever graded into it. */
  public boolean hasLog() {
    return AuditLog.isIn(folder);
  }

  /**
   * Finishes or removes what graders that are gone had begun.
   *
   * @return what was done, in sentences
   */
  public List<String> recover() throws IOException {
    if (!hasLog()) {
      return List.of();
    }
    List<String> done = new ArrayList<>();
    try (AuditLog log = AuditLog.open(folder)) {
      log.closedOff().ifPresent(line -> done.add(line + ", and is closed off"));
      Map<String, Entry> latest = latest(log.lines());
      for (Path place : places()) {
        for (String file : FILES) {
          Path draft = draft(place, file);
          if (Files.exists(draft)) {
            String name = FileNames.name(place);
            Entry entry = latest.get(name);
            boolean valid =
                entry != null
                    && AuditLog.hash(Files.readAllBytes(draft)).equals(entry.hashes().get(file));
            if (valid) {
              move(place, file);
              done.add("the finished " + file + " of '" + name + "' was put into its place");
            } else {
              Files.delete(draft);
              done.add("an unfinished " + file + " of '" + name + "' was removed");
            }
            sync(place);
          }
        }
      }
    }
    return done;
  }

  /** Writes {@code report.json}, the instructor's, and {@code student.json}, to be handed back. */
  public void add(Inputs inputs, Report report) throws IOException {
    try (AuditLog log = AuditLog.open(folder)) {
      ObjectNode line = line(GRADE, inputs, report);
      commit(log, line, inputs.name(), JsonReport.node(report, inputs.asked()));
    }
  }

  /** Notes that a later grading came to the same: only the time changes. */
  public void confirm(Inputs inputs, EarlierReport earlier, Report later) throws IOException {
    try (AuditLog log = AuditLog.open(folder)) {
      ObjectNode line = line(REGRADE, inputs, later).put("verdict", "confirmed");
      commit(log, line, inputs.name(), earlier.confirmed(later));
    }
  }

  /** Notes that a later grading did not come to the same, and that the report stays. */
  public void keep(Inputs inputs, Report later) throws IOException {
    try (AuditLog log = AuditLog.open(folder)) {
      ObjectNode line = line(REGRADE, inputs, later).put("verdict", "kept");
      Entry before = latest(log.lines()).get(inputs.name());
      before.hashes().forEach((file, hash) -> line.put(field(file), hash));
      log.append(line);
    }
  }

  /** The latest inputs of each report, in the order in which they were first graded. */
  public List<Inputs> latest() throws IOException {
    return latest(AuditLog.read(folder)).values().stream().map(Entry::inputs).toList();
  }

  /** The report of this name, if it is whole and the one of its latest line. */
  public Optional<EarlierReport> earlier(String name) throws IOException {
    Entry entry = hasLog() ? latest(AuditLog.read(folder)).get(name) : null;
    return entry == null || !faults(place(name), entry).isEmpty()
        ? Optional.empty()
        : EarlierReport.in(place(name));
  }

  /** Whether there is something where this report would be, whatever it is. */
  public boolean has(String name) {
    return Files.exists(place(name).resolve(JsonReport.INSTRUCTORS));
  }

  /** The latest line of each report by its name, in the order in which they were first graded. */
  static Map<String, Entry> latest(List<AuditLog.Line> lines) {
    Map<String, Entry> latest = new LinkedHashMap<>();
    for (AuditLog.Line line : lines) {
      if (line.isOf(GRADE) || line.isOf(REGRADE)) {
        ObjectNode node = line.node().orElseThrow();
        Asked asked =
            new Asked(
                EarlierReport.texts(node.path("exercises")),
                EarlierReport.texts(node.path("checks")));
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String file : FILES) {
          if (node.has(field(file))) {
            hashes.put(file, line.text(field(file)));
          }
        }
        String name = line.text("name");
        Inputs inputs = new Inputs(name, line.text("path"), asked);
        latest.put(name, new Entry(line.number(), inputs, hashes));
      }
    }
    return latest;
  }

  /** How the files of a report differ from what its line says. */
  static List<String> faults(Path place, Entry entry) throws IOException {
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, String> file : entry.hashes().entrySet()) {
      Path path = place.resolve(file.getKey());
      String which = file.getKey() + " of '" + entry.inputs().name() + "'";
      if (!Files.isRegularFile(path)) {
        faults.add("line " + entry.number() + " tells of a " + which + ", and there is none");
      } else if (!AuditLog.hash(Files.readAllBytes(path)).equals(file.getValue())) {
        faults.add(which + " is not the one that line " + entry.number() + " tells of");
      }
    }
    return faults;
  }

  private Path place(String name) {
    return FileNames.in(folder, name);
  }

  /** The folders of reports, whole or not. */
  List<Path> places() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private void commit(AuditLog log, ObjectNode line, String name, ObjectNode report)
      throws IOException {
    byte[] whole = bytes(JsonReport.text(report));
    byte[] students = bytes(JsonReport.forStudent(report));
    line.put(field(JsonReport.INSTRUCTORS), AuditLog.hash(whole));
    line.put(field(JsonReport.STUDENTS), AuditLog.hash(students));
    Path place = Files.createDirectories(place(name));
    try {
      write(draft(place, JsonReport.INSTRUCTORS), whole, true);
      write(draft(place, JsonReport.STUDENTS), students, false);
      sync(place);
      log.append(line);
      try {
        move(place, JsonReport.INSTRUCTORS);
      } catch (IOException e) {
        log.takeBack();
        throw e;
      }
      move(place, JsonReport.STUDENTS);
      sync(place);
    } finally {
      for (String file : FILES) {
        Files.deleteIfExists(draft(place, file));
      }
    }
  }

  private static ObjectNode line(String command, Inputs inputs, Report report) {
    ObjectNode node = JSON.createObjectNode();
    node.put("at", report.gradedAt().toString());
    node.put("command", command);
    node.put("name", inputs.name());
    node.put("path", inputs.path());
    node.put("hash", report.hash());
    node.put("kitVersion", report.kitVersion());
    node.put("jdk", report.jdk());
    node.put("seed", report.seed());
    node.put("isolationLevel", report.level());
    inputs.asked().exercises().forEach(node.putArray("exercises")::add);
    inputs.asked().checks().forEach(node.putArray("checks")::add);
    report.refusal().ifPresent(why -> node.put("refusal", why));
    node.put("inconclusive", report.isInconclusive());
    ObjectNode points = node.putObject("points");
    report.verdicts().forEach(v -> points.put(v.exercise().id(), v.points()));
    return node;
  }

  private static String field(String file) {
    return file.equals(JsonReport.INSTRUCTORS) ? "report" : "student";
  }

  /** Unlike an encoder, this does not choke on half a surrogate pair in a student's text. */
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Path draft(Path place, String file) {
    return place.resolve("." + file + ".draft");
  }

  private static void write(Path file, byte[] bytes, boolean secret) throws IOException {
    Files.deleteIfExists(file);
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel =
        secret ? OwnersOnly.open(file, options) : FileChannel.open(file, options)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static void move(Path place, String file) throws IOException {
    Files.move(draft(place, file), place.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Waits until the names in a folder are on the disk, where the system lets a folder be opened.
   */
  private static void sync(Path place) {
    try (FileChannel channel = FileChannel.open(place, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // On Windows, for one: the names are in the file system's own journal.
      return;
    }
  }
}

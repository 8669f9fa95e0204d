package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import threadmill.jail.Cell;
import threadmill.jail.Inmate;
import threadmill.jail.Jail;
import threadmill.jail.Level;
import threadmill.kit.Kit;
import threadmill.kit.MiniKit;
import threadmill.kit.Workshop;
import threadmill.model.Report;
import threadmill.model.Status;
import threadmill.model.Verdict;

/** Of a batch every second submission breaks, each in another stage; the others are right. */
class BatchTest {
  private static final String GATE_JAVA =
      "package toys.gate;\n\npublic class Gate { public int next() { return 1; } }\n";

  @TempDir private Path home;
  @TempDir private Path work;
  private MiniKit mini;

  @BeforeEach
  void write_a_kit() throws IOException {
    mini = MiniKit.in(home);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatever_breaks_at_one_submission_is_a_verdict_on_it_and_touches_no_other()
      throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    List<Path> all = new ArrayList<>();
    for (Breaking each : Breaking.values()) {
      all.add(each.write(work));
      expected.put(name(all.get(all.size() - 1)), each.comesTo);
      all.add(submission("right-" + each.ordinal(), MiniKit.REFERENCE));
      expected.put("right-" + each.ordinal(), "PASSED");
    }
    Marking marking = marking(new BreakableJail(), seeds());
    List<Report> reports =
        new Batch(marking, 2)
            .run(
                all,
                (index, report) -> {
                  if (!report.verdicts().isEmpty() && isNamed(all.get(index), Breaking.REPORT)) {
                    throw new IllegalStateException("this report cannot be written");
                  }
                  return report;
                });
    Map<String, String> came =
        IntStream.range(0, all.size())
            .boxed()
            .collect(
                Collectors.toMap(
                    i -> name(all.get(i)),
                    i -> words(reports.get(i)),
                    (a, b) -> a,
                    LinkedHashMap::new));
    assertEquals(expected, came);
  }

  /** In which stage, and what must come of it. */
  private enum Breaking {
    PIPE("refused: is neither a folder nor a file; hand in the folder or a zip of it") {
      @Override
      Path write(Path work) throws Exception {
        Path pipe = work.resolve("pipe.zip");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        return pipe;
      }
    },
    LINK("refused: is a symbolic link, which is not followed; name what it points to") {
      @Override
      Path write(Path work) throws IOException {
        Path real = Files.createDirectories(work.resolve("elsewhere"));
        Files.writeString(real.resolve("Counter.java"), MiniKit.REFERENCE);
        return Files.createSymbolicLink(work.resolve("link"), real);
      }
    },
    GONE(
        "inconclusive: cannot be read (NoSuchFileException); check its permissions and its disk,"
            + " and grade it again") {
      @Override
      Path write(Path work) {
        return work.resolve("gone");
      }
    },
    GARBLED_ZIP("refused: is not a whole zip archive (zip END header not found); upload it again") {
      @Override
      Path write(Path work) throws IOException {
        return Files.writeString(work.resolve("garbled.zip"), "PK no archive");
      }
    },
    SEED("inconclusive: the grader could not work (IllegalStateException: no seed)"),
    SYNTAX("NOT_COMPILED: does not compile: ';' expected") {
      @Override
      String counter() {
        return MiniKit.REFERENCE.replace("Step.SIZE;", "Step.SIZE");
      }
    },
    COMPILER("INCONCLUSIVE: the grader could not work (StackOverflowError: made up)"),
    MANY_CLASSES(
        "NOT_COMPILED: compiles to more than 500 classes; hand in only what the exercise needs") {
      @Override
      String counter() {
        return MiniKit.REFERENCE
            + IntStream.range(0, 501)
                .mapToObj(i -> "class C" + i + " {}\n")
                .collect(Collectors.joining());
      }
    },
    LARGE_CLASSES(
        "NOT_COMPILED: compiles to more than 4 MiB of classes; hand in only what the exercise"
            + " needs") {
      @Override
      String counter() {
        String text = "\"" + "x".repeat(50_000) + "\"";
        return MiniKit.REFERENCE
            + "interface K { String A = "
            + text
            + ", B = \"b\" + A, C = \"c\" + A; }\n"
            + IntStream.range(0, 100)
                .mapToObj(i -> "class C" + i + " { String a = K.A, b = K.B, c = K.C; }\n")
                .collect(Collectors.joining());
      }
    },
    LONG_METHOD(
        "NOT_COMPILED: the method Counter.longest has more than 8,000 bytes of bytecode; split"
            + " it") {
      @Override
      String counter() {
        return MiniKit.REFERENCE.replace(
            "private int value;",
            "private int value; void longest() { " + "value++; ".repeat(6_000) + "}");
      }
    },
    GATE("REJECTED: Counter calls System.exit, which this exercise does not allow") {
      @Override
      String counter() {
        return MiniKit.REFERENCE.replace("return value", "System.exit(0); return value");
      }
    },
    CLASS_FILE(
        "INCONCLUSIVE: the grader could not work (IllegalArgumentException: Unsupported class file"
            + " major version 29555)"),
    API("REJECTED: the contract needs public int next(), which your code no longer has") {
      @Override
      String counter() {
        return MiniKit.REFERENCE.replace("next()", "after()");
      }
    },
    CHILD(
        "INCONCLUSIVE: the grader could not work (OutOfMemoryError: made up), each of 3 times: an"
            + " instructor should look at it"),
    STACK("REJECTED: next() threw StackOverflowError") {
      @Override
      String counter() {
        return MiniKit.REFERENCE.replace("return value", "next(); return value");
      }
    },
    REPORT(
        "inconclusive: the grader could not work (IllegalStateException: this report cannot be"
            + " written)");

    private final String comesTo;

    Breaking(String comesTo) {
      this.comesTo = comesTo;
    }

    String counter() {
      return MiniKit.REFERENCE + "class Breaks" + name() + " {}\n";
    }

    /** Its sources and classes tell the jail and the seeds to break. */
    Path write(Path work) throws Exception {
      Path folder = Files.createDirectories(work.resolve(name()));
      Files.writeString(folder.resolve("Counter.java"), counter());
      String marker = "package toys.counter;\nclass Marks" + name() + " {}\n";
      Files.writeString(folder.resolve("Marks" + name() + ".java"), marker);
      return folder;
    }
  }

  /** Breaks where it compiles or runs what is marked so. */
  private static final class BreakableJail implements Jail {
    @Override
    public Level level() {
      return Level.D;
    }

    @Override
    public Inmate start(Cell cell) throws IOException {
      String command = String.join(" ", cell.command());
      if (command.contains("MarksCOMPILER.java")) {
        throw new StackOverflowError("made up");
      }
      if (command.contains("MarksCLASS_FILE.java")) {
        Path classes = cell.folder().resolve("0/classes/toys/counter");
        Files.writeString(Files.createDirectories(classes).resolve("Garbled.class"), "no class");
      }
      for (String word : cell.command()) {
        if (word.startsWith("-Dthreadmill.submission=")
            && Files.exists(Path.of(word.substring(24), "toys/counter/MarksCHILD.class"))) {
          throw new OutOfMemoryError("made up");
        }
      }
      return Jail.open().start(cell);
    }
  }

  @Test
  void after_the_time_that_a_submission_may_take_no_further_exercise_is_begun() throws Exception {
    addGate();
    Path both = submission("both", MiniKit.REFERENCE);
    Files.writeString(both.resolve("Gate.java"), GATE_JAVA);
    Marking marking = marking(Jail.open(), Seeds.fixed(1));
    List<Verdict> inTime = marking.mark(both).verdicts();
    assertEquals(List.of(Status.PASSED, Status.PASSED), statuses(inTime));
    List<Verdict> late = marking.mark(both, Duration.ZERO).verdicts();
    assertEquals(List.of(Status.PASSED, Status.INCONCLUSIVE), statuses(late));
    assertEquals(
        "not asked: the exercises before it took the 0 minutes that one submission may take; an"
            + " instructor should look at it",
        late.get(1).problem().orElseThrow().sentence());
  }

  @Test
  void a_kit_that_is_wrong_in_one_exercise_grades_the_others() throws Exception {
    addGate();
    mini.write("exercises/src/test/java/toys/gate/GateTest.java", "no Java");
    Path both = submission("both", MiniKit.REFERENCE);
    Files.writeString(both.resolve("Gate.java"), GATE_JAVA);
    Report report = marking(Jail.open(), Seeds.fixed(1)).mark(both);
    assertEquals(List.of(Status.PASSED, Status.INCONCLUSIVE), statuses(report.verdicts()));
    assertTrue(report.isInconclusive());
    String why = report.verdicts().get(1).problem().orElseThrow().sentence();
    assertTrue(why.startsWith("the kit's own sources do not compile"), why);
  }

  @Test
  void of_checks_asked_by_name_those_that_an_exercise_has_are_asked() throws Exception {
    addGate();
    Path both = submission("both", MiniKit.REFERENCE);
    Files.writeString(both.resolve("Gate.java"), GATE_JAVA);
    Kit kit = mini.read();
    Grader grader = new Grader(new Workshop(kit, ClassPaths.ofChild()), Jail.open());
    Seeds seeds = Seeds.fixed(1);
    Report one = new Marking(kit, grader, List.of(), List.of("C1"), seeds).mark(both);
    assertEquals(List.of(MiniKit.ID), one.verdicts().stream().map(v -> v.exercise().id()).toList());
    Report none = new Marking(kit, grader, List.of(), List.of("C9"), seeds).mark(both);
    assertEquals("holds no exercise with a check C9", none.refusal().orElseThrow());
  }

  /** A second exercise, so like the first one that its contract need not be written. */
  private void addGate() throws IOException {
    String readme = MiniKit.README.replace("order: 1.1", "order: 1.2");
    mini.write("exercises/src/main/java/toys/gate/README.md", readme);
    mini.write("exercises/src/main/java/toys/gate/allow.txt", "group common\n");
    mini.write("exercises/src/main/java/toys/gate/Gate.java", GATE_JAVA);
    mini.write("exercises/src/stubs/toys.gate/Gate.java", GATE_JAVA);
    mini.write(
        "exercises/src/test/java/toys/gate/GateTest.java",
        """
        package toys.gate;

        import org.junit.jupiter.api.Test;
        import threadmill.harness.CheckId;
        import threadmill.harness.Contract;
        import threadmill.harness.Crew;

        @Contract
        class GateTest {
          @Test
          @CheckId(value = "G1", points = 5)
          void it_is_there(Crew crew) {
            crew.answer("next()", new Gate()::next);
          }
        }
        """);
  }

  private Marking marking(Jail jail, Seeds seeds) {
    Kit kit = mini.read();
    Grader grader = new Grader(new Workshop(kit, ClassPaths.ofChild()), jail);
    return new Marking(kit, grader, List.of(), List.of(), seeds);
  }

  private static Seeds seeds() {
    return submission -> {
      if (submission.name().equals(Breaking.SEED.name())) {
        throw new IllegalStateException("no seed");
      }
      return 1;
    };
  }

  private Path submission(String name, String counter) throws IOException {
    Path folder = Files.createDirectories(work.resolve(name));
    Files.writeString(folder.resolve("Counter.java"), counter);
    return folder;
  }

  private static boolean isNamed(Path path, Breaking breaking) {
    return name(path).equals(breaking.name());
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static List<Status> statuses(List<Verdict> verdicts) {
    return verdicts.stream().map(Verdict::status).toList();
  }

  private static String words(Report report) {
    if (report.refusal().isPresent()) {
      return "refused: " + report.refusal().get();
    }
    if (report.inconclusive().isPresent()) {
      return "inconclusive: " + report.inconclusive().get();
    }
    Verdict verdict = report.verdicts().get(0);
    return verdict.status()
        + verdict.findings().stream().findFirst().map(f -> ": " + f.sentence()).orElse("");
  }
}

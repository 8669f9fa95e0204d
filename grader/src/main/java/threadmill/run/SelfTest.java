package threadmill.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import threadmill.intake.Intake;
import threadmill.intake.Refusal;
import threadmill.jail.Jail;
import threadmill.kit.Kit;
import threadmill.model.CheckResult;
import threadmill.model.Exercise;
import threadmill.model.Outcome;
import threadmill.model.Submission;
import threadmill.model.Verdict;

/**
 * Grades a correct and a wrong program of an exercise of its own, as small as can be, through the
 * whole pipeline: a JUnit test, an explored scenario, and a child process.
 */
public final class SelfTest {
  private static final String HOME = "/threadmill/selftest/";
  private static final List<String> FILES =
      List.of(
          "kit/exercises/src/main/java/threadmill/Todo.java",
          "kit/exercises/src/main/java/selftest/counter/README.md",
          "kit/exercises/src/main/java/selftest/counter/allow.txt",
          "kit/exercises/src/stubs/selftest.counter/Counter.java",
          "kit/exercises/src/test/java/selftest/counter/CounterTest.java",
          "correct/Counter.java",
          "wrong/Counter.java");

  private static final String WRONG = "wrong";
  private static final List<String> PROGRAMS = List.of("correct", WRONG);

  /** The one check that the wrong program must not pass. */
  private static final String CAUGHT_BY = "T2";

  private final Jail jail;

  public SelfTest(Jail jail) {
    this.jail = jail;
  }

  /** What came differently than it must, or nothing if all is well. */
  public Optional<String> fault() {
    try {
      Path folder = WorkFolders.create();
      try {
        return fault(unpacked(folder));
      } finally {
        WorkFolders.delete(folder);
      }
    } catch (IOException | Refusal | RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Path unpacked(Path folder) throws IOException {
    for (String name : FILES) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      try (InputStream in = SelfTest.class.getResourceAsStream(HOME + name)) {
        Files.copy(in, file);
      }
    }
    return folder;
  }

  private Optional<String> fault(Path folder) throws IOException, Refusal {
    Kit kit = Kit.find(folder.resolve("kit"));
    Exercise exercise = kit.exercises().get(0);
    List<Submission> programs = new ArrayList<>();
    for (String program : PROGRAMS) {
      programs.add(new Intake(kit.exercises()).take(folder.resolve(program)));
    }
    List<Prepared> all = Grader.of(kit, jail).prepare(programs, exercise);
    try {
      for (int i = 0; i < all.size(); i++) {
        Optional<String> fault = fault(PROGRAMS.get(i), all.get(i).grade(1, List.of()));
        if (fault.isPresent()) {
          return fault;
        }
      }
      return Optional.empty();
    } finally {
      all.forEach(Prepared::close);
    }
  }

  private static Optional<String> fault(String program, Verdict verdict) {
    if (verdict.problem().isPresent()) {
      return Optional.of("the " + program + " program: " + verdict.problem().get().sentence());
    }
    for (CheckResult result : verdict.results()) {
      boolean caught = program.equals(WRONG) && result.check().id().equals(CAUGHT_BY);
      if (result.outcome() != (caught ? Outcome.FAILED : Outcome.PASSED)) {
        String came = result.check().id() + " came to " + result.outcome();
        String why = result.finding().map(f -> ": " + f.sentence()).orElse("");
        return Optional.of("the " + program + " program: " + came + why);
      }
    }
    return Optional.empty();
  }
}

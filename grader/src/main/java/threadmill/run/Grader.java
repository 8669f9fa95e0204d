package threadmill.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import threadmill.gate.AllowList;
import threadmill.gate.AllowListException;
import threadmill.jail.Ending;
import threadmill.jail.Jail;
import threadmill.jail.Level;
import threadmill.jail.Levels;
import threadmill.jail.TempRoot;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.kit.Workshop;
import threadmill.kit.Workshop.Bench;
import threadmill.model.Check;
import threadmill.model.Durations;
import threadmill.model.Exercise;
import threadmill.model.Status;
import threadmill.model.Submission;
import threadmill.model.Verdict;

/**
 * Grades one exercise of one submission: compiles it apart, runs its checks in child JVMs, and
 * judges. Thread-safe.
 */
public final class Grader {
  private final Workshop workshop;
  private final Jail jail;
  private final Function<Exercise, AllowList> allowList;
  private final String schedule;

  public Grader(Workshop workshop, Jail jail) {
    this(workshop, jail, Grader::besideReadme, "");
    WorkFolders.sweep();
  }

  private Grader(
      Workshop workshop, Jail jail, Function<Exercise, AllowList> allowList, String schedule) {
    this.workshop = workshop;
    this.jail = jail;
    this.allowList = allowList;
    this.schedule = schedule;
  }

  /** The same grader, which runs this one schedule where a check would explore all. */
  public Grader replaying(String schedule) {
    return new Grader(workshop, jail, allowList, schedule);
  }

  /** The same grader, which asks this list instead of each exercise's own. */
  public Grader allowing(AllowList list) {
    return new Grader(workshop, jail, exercise -> list, schedule);
  }

  /** A grader for this kit in the strongest jail of this machine. */
  public static Grader of(Kit kit) {
    return of(kit, levels(kit).strongest());
  }

  public static Grader of(Kit kit, Jail jail) {
    return new Grader(new Workshop(kit, ClassPaths.ofChild()), jail);
  }

  /** A grader for one's own work, unconfined: feedback, never a grade. */
  public static Grader forFeedback(Kit kit) {
    return of(kit, Jail.open());
  }

  /** The isolation levels of this machine at which this kit can be read. */
  public static Levels levels(Kit kit) {
    try {
      Files.createDirectories(kit.workshop());
    } catch (IOException e) {
      throw new KitException("cannot write " + kit.workshop() + ": " + e.getMessage(), e);
    }
    mustHaveTemporaryFolder();
    List<Path> own = new ArrayList<>(List.of(kit.root()));
    ClassPaths.checkout().ifPresent(own::add);
    String classPath = ClassPaths.ofChild();
    List<Path> readable = new ArrayList<>(Jvm.readable(classPath));
    readable.add(kit.workshop());
    List<String> java = Jvm.version(classPath, ClassArchive.flags());
    return Levels.of(new Levels.Probe(own, readable, java));
  }

  private static void mustHaveTemporaryFolder() {
    try {
      TempRoot.get();
    } catch (IOException e) {
      throw new KitException(e.getMessage(), e);
    }
  }

  public Level level() {
    return jail.level();
  }

  /** The checks of an exercise, in the order of its contract. */
  public List<Check> checks(Exercise exercise) {
    return workshop.bench(exercise).checks();
  }

  void requireChecks(Exercise exercise, List<String> only) {
    Prepared.chosen(workshop.bench(exercise), only);
  }

  /**
   * Grades with all checks, or with those named. Whatever breaks on the way becomes a verdict.
   *
   * @param only ids of checks, or none for all
   * @throws KitException if the kit itself is at fault, or has no check of that name
   */
  public Verdict grade(Submission submission, Exercise exercise, long seed, List<String> only) {
    Bench bench = workshop.bench(exercise);
    List<Check> checks = Prepared.chosen(bench, only);
    try (Prepared prepared = prepare(submission, exercise)) {
      return prepared.ask(checks, seed);
    } catch (KitException e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      Ending.stopHere();
      return Prepared.stopped(bench, Status.INCONCLUSIVE, checks, Fault.of(e), Durations.NONE);
    }
  }

  /**
   * Compiles an exercise of a submission, to be graded any number of times.
   *
   * @throws KitException if the kit itself is at fault
   * @throws IOException if there is no room for the class files
   */
  public Prepared prepare(Submission submission, Exercise exercise) throws IOException {
    return prepare(List.of(submission), exercise).get(0);
  }

  /**
   * The same for several submissions, which are compiled in one process: quicker, for those that
   * trust each other.
   */
  public List<Prepared> prepare(List<Submission> submissions, Exercise exercise)
      throws IOException {
    return Prepared.of(submissions, workshop.bench(exercise), jail, allowList, schedule);
  }

  private static AllowList besideReadme(Exercise exercise) {
    try {
      return AllowList.read(exercise.readme().resolveSibling(AllowList.FILE));
    } catch (AllowListException e) {
      throw new KitException(e.getMessage(), e);
    }
  }
}

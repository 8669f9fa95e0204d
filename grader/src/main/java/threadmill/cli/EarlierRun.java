package threadmill.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import threadmill.intake.Intake;
import threadmill.intake.Refusal;
import threadmill.intake.Unreadable;
import threadmill.kit.Kit;
import threadmill.model.Submission;
import threadmill.report.Asked;
import threadmill.report.EarlierReport;
import threadmill.report.ReportFolder;
import threadmill.run.Seeds;

/**
 * What was graded into a folder before, and which of it still holds: a report of the same sources,
 * kit, JDK, seed, isolation level, exercises and checks that is conclusive.
 */
final class EarlierRun {
  private static final int MOST_NAMES = 5;

  private final ReportFolder folder;
  private final Kit kit;
  private final Intake intake;
  private final Seeds seeds;
  private final String level;
  private final Asked asked;
  private final List<EarlierReport> done = new ArrayList<>();
  private final Map<String, List<String>> again = new LinkedHashMap<>();

  /**
   * @param level that is graded at now
   * @param asked now
   */
  EarlierRun(ReportFolder folder, Kit kit, Seeds seeds, String level, Asked asked) {
    this.folder = folder;
    this.kit = kit;
    this.intake = new Intake(kit.exercises());
    this.seeds = seeds;
    this.level = level;
    this.asked = asked;
  }

  /** Takes out of a batch what was graded before, and answers its reports. */
  List<EarlierReport> takeOut(Map<String, Path> byName) throws IOException {
    for (Map.Entry<String, Path> each : new LinkedHashMap<>(byName).entrySet()) {
      String name = each.getKey();
      if (folder.has(name)) {
        Optional<EarlierReport> report = folder.earlier(name);
        Optional<String> why =
            report.isEmpty()
                ? Optional.of("the audit log does not tell of the report that is there")
                : obstacle(report.get(), each.getValue());
        if (why.isPresent()) {
          again.computeIfAbsent(why.get(), reason -> new ArrayList<>()).add(name);
        } else {
          done.add(report.get());
          byName.remove(name);
        }
      }
    }
    return List.copyOf(done);
  }

  /** What was left out and what was not, and why, in sentences. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(count(done.size(), "was", "were") + " graded before and left out");
    again.forEach(
        (why, names) -> {
          String some = String.join(", ", names.stream().limit(MOST_NAMES).toList());
          String more = names.size() > MOST_NAMES ? ", …" : "";
          String graded = count(names.size(), "is", "are") + " graded again: ";
          words.add(graded + why + " (" + some + more + ")");
        });
    return words;
  }

  static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /** Why a report does not hold any more, or nothing if it does. */
  private Optional<String> obstacle(EarlierReport report, Path path) {
    String hash = "";
    long seed = report.seed();
    try {
      Submission submission = intake.take(path);
      hash = submission.hash();
      seed = seeds.of(submission);
    } catch (Unreadable e) {
      return Optional.of(e.getMessage());
    } catch (Refusal e) {
      // What could not be taken in has no sources, and must not have had any then.
      hash = "";
    } catch (RuntimeException | Error e) {
      return Optional.of("it could not be looked at, and its report says what broke");
    }
    Map<String, Boolean> same = new LinkedHashMap<>();
    same.put("the sources are others", report.hash().equals(hash));
    same.put("the kit is another version", report.kitVersion().equals(Kit.version()));
    same.put(
        "the JDK is another one", report.jdk().equals(System.getProperty("java.runtime.version")));
    same.put("the seed is another one", report.seed() == seed);
    same.put("the isolation level is another one", report.level().equals(level));
    same.put(
        "other exercises or checks were asked", report.asked().map(asked::isSameAs).orElse(false));
    same.put("the report is inconclusive", !report.isInconclusive());
    return same.entrySet().stream().filter(e -> !e.getValue()).map(Map.Entry::getKey).findFirst();
  }
}

package threadmill.model;

import java.nio.file.Path;
import java.util.List;

/**
 * One exercise of the kit, read from its folder.
 *
 * @param id chapter and name, also the Java package, as in {@code locks.semaphore}
 * @param order place in the order of study, as in {@code 5.3}
 * @param difficulty from 1 (15 minutes) to 4 (two hours and more)
 * @param minJava the oldest Java feature release it runs on
 * @param linuxOnly whether some checks need Linux
 * @param hints what to tell a student who is stuck, mildest first
 * @param stubs the files a student writes, untouched
 * @param given the files a student is given and a grading run replaces by its own
 * @param contracts the test sources
 * @param limits what a submission's processes may use
 */
public record Exercise(
    String id,
    String order,
    String title,
    int difficulty,
    int points,
    int minJava,
    boolean linuxOnly,
    List<String> hints,
    Path readme,
    List<Path> stubs,
    List<Path> given,
    List<Path> contracts,
    Limits limits) {
  /** An exercise with the usual limits. */
  public Exercise(
      String id,
      String order,
      String title,
      int difficulty,
      int points,
      int minJava,
      boolean linuxOnly,
      List<String> hints,
      Path readme,
      List<Path> stubs,
      List<Path> given,
      List<Path> contracts) {
    this(
        id,
        order,
        title,
        difficulty,
        points,
        minJava,
        linuxOnly,
        hints,
        readme,
        stubs,
        given,
        contracts,
        Limits.STANDARD);
  }

  /** The folder of the sources below a source root: {@code locks/semaphore}. */
  public String folder() {
    return id.replace('.', '/');
  }
}

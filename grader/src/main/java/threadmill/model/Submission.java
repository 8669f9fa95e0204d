package threadmill.model;

import java.util.List;
import java.util.Map;

/**
 * What a student handed in, as intake took it: sources only, by exercise.
 *
 * @param name the folder's or archive's own name
 * @param hash SHA-256 over the accepted files' names and contents, hexadecimal
 * @param sources the accepted files of each exercise id
 * @param problems by exercise id, why its files could not be accepted
 * @param notes what was ignored, for the instructor
 */
public record Submission(
    String name,
    String hash,
    Map<String, List<Source>> sources,
    Map<String, Finding> problems,
    List<String> notes) {
  /**
   * One accepted file.
   *
   * @param path as the student named it, relative to the submission, with forward slashes
   * @param fileName its last segment
   */
  public record Source(String path, String fileName, String text) {}
}

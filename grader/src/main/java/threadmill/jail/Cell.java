package threadmill.jail;

import java.nio.file.Path;
import java.util.List;
import threadmill.model.Limits;

/**
 * What a process to be confined is and gets.
 *
 * @param folder where it starts and may write
 * @param shared whether what it writes there is for the grader; if not, it gets a small file system
 *     of its own in that place, at levels with namespaces, and finds in it what was there before
 * @param readable files and folders that it may read; at levels with namespaces there are no others
 *     but the system's programs and the JDK
 */
public record Cell(
    List<String> command, Path folder, boolean shared, List<Path> readable, Limits limits) {
  public Cell {
    command = List.copyOf(command);
    readable = List.copyOf(readable);
  }
}

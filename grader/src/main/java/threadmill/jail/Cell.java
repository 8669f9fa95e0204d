package threadmill.jail;

import java.nio.file.Path;
import java.util.List;
import threadmill.model.Limits;

/**
 * What a process to be confined is and gets.
 *
 * @param folder where it starts and may write; the only place that it shares with the grader
 * @param readable files and folders that it may read; at levels with namespaces there are no others
 *     but the system's programs and the JDK
 */
public record Cell(List<String> command, Path folder, List<Path> readable, Limits limits) {
  public Cell {
    command = List.copyOf(command);
    readable = List.copyOf(readable);
  }
}

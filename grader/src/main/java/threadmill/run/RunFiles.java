package threadmill.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that checks run with, as they were at one time. Somebody may take them away or replace
 * them meanwhile: a cleaner of temporary folders, or a new build of the kit. Immutable.
 */
final class RunFiles {
  private record State(long size, long modified) {}

  private final Map<Path, State> states;

  private RunFiles(Map<Path, State> states) {
    this.states = states;
  }

  /** These files, and all in these folders; what is not there is left out. */
  static RunFiles of(Collection<Path> roots) {
    Map<Path, State> states = new TreeMap<>();
    for (Path root : roots) {
      try {
        Files.walkFileTree(
            root,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                states.put(file, state(attributes));
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFileFailed(Path file, IOException reason) {
                return FileVisitResult.CONTINUE;
              }
            });
      } catch (IOException e) {
        // The same as what is not there.
        continue;
      }
    }
    return new RunFiles(states);
  }

  /** Whether one of them is gone or is another one. */
  boolean areSpoilt() {
    return states.entrySet().stream().anyMatch(each -> !isAsBefore(each.getKey(), each.getValue()));
  }

  private static boolean isAsBefore(Path file, State before) {
    try {
      return state(Files.readAttributes(file, BasicFileAttributes.class)).equals(before);
    } catch (IOException e) {
      return false;
    }
  }

  private static State state(BasicFileAttributes attributes) {
    return new State(attributes.size(), attributes.lastModifiedTime().toMillis());
  }
}

package threadmill.run;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import threadmill.model.Finding;

/** What checks need of the machine, and how a machine that has none left says so. */
enum Resource {
  DISK(
      "space for files",
      Resource::isDiskFull,
      "No space left on device",
      "Disk quota exceeded",
      "Read-only file system"),
  TASKS(
      "processes and threads",
      folder -> isOutOfThreads(),
      "unable to create native thread",
      "unable to create new native thread",
      "error=11,",
      "Resource temporarily unavailable"),
  DESCRIPTORS("file descriptors", folder -> isOutOfDescriptors(), "Too many open files in system"),
  MEMORY("memory", folder -> false, "error=12,", "Cannot allocate memory", "Not enough space");

  private static final int PROBE_BYTES = 1 << 16;

  /** EMFILE; ENFILE goes on "in system". */
  private static final String NO_DESCRIPTORS = "Too many open files";

  private final String words;
  private final Predicate<Path> scarce;
  private final List<String> complaints;

  Resource(String words, Predicate<Path> scarce, String... complaints) {
    this.words = words;
    this.scarce = scarce;
    this.complaints = List.of(complaints);
  }

  /** Why a result does not count. */
  String sentence() {
    return "the machine ran out of " + words + " meanwhile";
  }

  /** Whether there is none left, found out by taking some. */
  boolean isScarce(Path folder) {
    return scarce.test(folder);
  }

  /** Whether a finding tells of what the system says when there is none left. */
  boolean isBehind(Finding finding) {
    return complaints.stream()
        .anyMatch(
            words ->
                finding.sentence().contains(words)
                    || finding.evidence().stream().anyMatch(line -> line.contains(words)));
  }

  private static boolean isDiskFull(Path folder) {
    Path file = null;
    try {
      file = Files.createTempFile(folder, "space", "");
      Files.write(file, new byte[PROBE_BYTES]);
      return false;
    } catch (NoSuchFileException | AccessDeniedException e) {
      // It is gone, or not ours to write: that says nothing of space.
      return false;
    } catch (IOException e) {
      return !String.valueOf(e.getMessage()).contains(NO_DESCRIPTORS);
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It goes with its folder.
      return;
    }
  }

  private static boolean isOutOfThreads() {
    try {
      Thread thread = new Thread(() -> {}, "resource probe");
      thread.setDaemon(true);
      thread.start();
      return false;
    } catch (OutOfMemoryError e) {
      return true;
    }
  }

  /** Those of this process alone are its own to use up. */
  private static boolean isOutOfDescriptors() {
    return noDescriptor().filter(why -> !why.endsWith(NO_DESCRIPTORS + ")")).isPresent();
  }

  /** Why this process is given no descriptor, or nothing if it is. */
  static Optional<String> noDescriptor() {
    File anything = new File("/dev/null");
    try {
      new FileInputStream(anything).close();
      return Optional.empty();
    } catch (IOException e) {
      return anything.exists() ? Optional.of(String.valueOf(e.getMessage())) : Optional.empty();
    }
  }
}

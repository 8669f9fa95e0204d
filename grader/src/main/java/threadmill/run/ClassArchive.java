package threadmill.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A class-data archive beside the grader's jar: what every child JVM loads, parsed and verified
 * once for all of them. It is made when it is first wanted and again when the jar is newer; where
 * it cannot be, children start slower and nothing else changes. Thread-safe.
 */
final class ClassArchive {
  private static final int MOST_SECONDS = 60;

  private static Optional<Path> file;

  private ClassArchive() {}

  /** The flags of a child whose class path begins as {@link ClassPaths#ofChild} does. */
  static List<String> flags() {
    return file().map(f -> List.of("-XX:SharedArchiveFile=" + f)).orElse(List.of());
  }

  /** The archive, if there is one. */
  static synchronized Optional<Path> file() {
    if (file == null) {
      file = found(ClassPaths.ofChild());
    }
    return file;
  }

  private static Optional<Path> found(String classPath) {
    Path jar = Path.of(classPath.split(File.pathSeparator)[0]);
    Path archive = jar.resolveSibling("classes-" + System.getProperty("java.vm.version") + ".jsa");
    try {
      // Folders of classes cannot be archived.
      if (!Files.isRegularFile(jar)) {
        return Optional.empty();
      }
      if (!Files.exists(archive)
          || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
        make(archive, classPath);
      }
      return Files.size(archive) == 0 ? Optional.empty() : Optional.of(archive);
    } catch (IOException e) {
      // Nobody may write there, or somebody else is just making it.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Makes the archive; an empty file says that this JVM cannot. */
  private static void make(Path archive, String classPath)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(archive.getParent(), "archive");
    Path made = folder.resolve("made.jsa");
    try {
      List<String> dump =
          List.of("-XX:ArchiveClassesAtExit=" + made, "-Dthreadmill.submission=" + folder);
      String main = Rehearsal.class.getName();
      List<String> command = Jvm.command(classPath, dump, main, List.of(folder.toString()));
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended;
      try {
        ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
      } finally {
        process.destroyForcibly();
      }
      if (!ended || process.exitValue() != 0 || !Files.exists(made)) {
        Files.deleteIfExists(made);
        Files.createFile(made);
      }
      Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      WorkFolders.delete(folder);
    }
  }
}

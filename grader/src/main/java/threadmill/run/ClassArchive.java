package threadmill.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import threadmill.explore.weave.Copies;

/**
 * What is prepared once for all child JVMs, beside the grader's jar: the explorer's copies of the
 * JDK's classes as a jar, and a class-data archive of what every child loads, parsed and verified.
 * Both are made when they are first wanted and again when a jar they are made from is newer; where
 * they cannot be, children start slower and nothing else changes. Thread-safe.
 */
final class ClassArchive {
  private static final int MOST_SECONDS = 60;
  private static final String VERSION = System.getProperty("java.vm.version");
  private static final String COPIES = "copies-";

  private static Optional<Path> copies;
  private static Optional<Path> file;

  private ClassArchive() {}

  /** The flags of a child whose class path begins as {@link ClassPaths#ofChild} does. */
  static List<String> flags() {
    return file()
        .map(
            archive ->
                List.of(
                    "-XX:SharedArchiveFile=" + archive,
                    // At a random address it costs each JVM more than it saves: see decisions.md.
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:ArchiveRelocationMode=0"))
        .orElse(List.of());
  }

  /**
   * What the explorer would else have to make in each JVM, and the class path. In this order, or
   * all jars would be opened to find the first copy.
   */
  static synchronized String withCopies(String classPath) {
    if (copies == null) {
      copies =
          found(
              COPIES + VERSION + ".jar",
              classPath,
              (folder, made) ->
                  Jvm.command(
                      classPath, List.of(), Copies.class.getName(), List.of(made.toString())));
    }
    return copies.map(jar -> jar + File.pathSeparator).orElse("") + classPath;
  }

  static boolean isCopies(Path jar) {
    return jar.getFileName().toString().startsWith(COPIES);
  }

  /** The archive, if there is one. */
  static synchronized Optional<Path> file() {
    if (file == null) {
      String classPath = ClassPaths.ofChild();
      file =
          found(
              "classes-" + VERSION + ".jsa",
              classPath,
              (folder, made) ->
                  Jvm.command(
                      classPath,
                      List.of(
                          "-XX:ArchiveClassesAtExit=" + made, "-Dthreadmill.submission=" + folder),
                      Rehearsal.class.getName(),
                      List.of(folder.toString())));
    }
    return file;
  }

  /**
   * @param maker the command that makes it, given a folder to work in and the file to be made
   */
  private static Optional<Path> found(
      String name, String classPath, BiFunction<Path, Path, List<String>> maker) {
    List<Path> entries = Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
    Path wanted = entries.get(0).resolveSibling(name);
    try {
      // Folders of classes cannot be archived.
      if (!Files.isRegularFile(entries.get(0))) {
        return Optional.empty();
      }
      if (!Files.exists(wanted) || isOlder(wanted, entries)) {
        make(wanted, maker);
      }
      return Files.size(wanted) == 0 ? Optional.empty() : Optional.of(wanted);
    } catch (IOException e) {
      // Nobody may write there, or somebody else is just making it.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static boolean isOlder(Path file, List<Path> entries) throws IOException {
    FileTime made = Files.getLastModifiedTime(file);
    for (Path entry : entries) {
      if (Files.getLastModifiedTime(entry).compareTo(made) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Makes a file in a JVM of its own; an empty one says that this JVM cannot. */
  private static void make(Path wanted, BiFunction<Path, Path, List<String>> maker)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(wanted.getParent(), "archive");
    Path made = folder.resolve("made");
    try {
      Process process =
          new ProcessBuilder(maker.apply(folder, made))
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
      Files.move(made, wanted, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      WorkFolders.delete(folder);
    }
  }
}

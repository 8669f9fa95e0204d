package threadmill.intake;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the Java files of a folder; links inside it are never followed. */
final class FolderReader {
  /** Never sources, and often large. */
  static final Set<String> SKIPPED =
      Set.of(".git", "target", "build", "out", "node_modules", ".idea");

  private final Limits limits;

  FolderReader(Limits limits) {
    this.limits = limits;
  }

  List<RawFile> read(Path folder, List<String> notes) throws Refusal {
    Walk walk;
    try {
      Path real = folder.toRealPath();
      walk = new Walk(real, notes);
      Files.walkFileTree(real, walk);
    } catch (IOException e) {
      throw new Refusal("cannot be read: " + e.getMessage(), e);
    }
    if (walk.refusal != null) {
      throw walk.refusal;
    }
    return walk.files;
  }

  private final class Walk extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<String> notes;
    private final List<RawFile> files = new ArrayList<>();
    private int entries;
    private long bytes;
    private Refusal refusal;

    Walk(Path folder, List<String> notes) {
      this.folder = folder;
      this.notes = notes;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
      boolean skip = !dir.equals(folder) && SKIPPED.contains(dir.getFileName().toString());
      return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String path = FileNames.relative(folder, file);
      try {
        limits.entries(++entries);
        if (!file.toString().endsWith(".java")) {
          notes.add("ignored " + path + ": not a Java source");
        } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          notes.add("ignored " + path + ": a link or a special file");
        } else {
          bytes += attributes.size();
          limits.bytes(bytes);
          files.add(new RawFile(path, Files.readAllBytes(file)));
        }
      } catch (Refusal e) {
        refusal = e;
        return FileVisitResult.TERMINATE;
      } catch (IOException e) {
        return visitFileFailed(file, e);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException reason) {
      String path = FileNames.relative(folder, file);
      if (path.endsWith(".java")) {
        // Kept without content, so that the exercise it belongs to can say so.
        files.add(new RawFile(path, null));
      }
      notes.add("cannot read " + path + ": " + reason.getClass().getSimpleName());
      return FileVisitResult.CONTINUE;
    }
  }
}

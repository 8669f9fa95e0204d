package threadmill.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import threadmill.model.FileNames;

/**
 * Reads the Java files of a folder; links inside it are never followed, and of special files, which
 * may keep a reader waiting for ever, none is opened. However deep it is, one folder is open at a
 * time.
 */
class FolderReader {
  /** Never sources, and often large. */
  static final Set<String> SKIPPED =
      Set.of(".git", "target", "build", "out", "node_modules", ".idea");

  private final Limits limits;

  FolderReader(Limits limits) {
    this.limits = limits;
  }

  List<RawFile> read(Path folder, Notes notes) throws Refusal {
    try {
      return new Walk(folder.toRealPath(), notes).all();
    } catch (IOException e) {
      throw new Unreadable("cannot be read", e);
    }
  }

  /** The entries of a folder; a test may let it fail. */
  DirectoryStream<Path> open(Path folder) throws IOException {
    return Files.newDirectoryStream(folder);
  }

  /** The content of a file; a test may let it fail. */
  InputStream content(Path file) throws IOException {
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  private final class Walk {
    private final Path root;
    private final Notes notes;
    private final List<RawFile> files = new ArrayList<>();
    private final Deque<Path> open = new ArrayDeque<>();
    private int entries;
    private long bytes;

    Walk(Path root, Notes notes) {
      this.root = root;
      this.notes = notes;
    }

    List<RawFile> all() throws IOException, Refusal {
      open.add(root);
      while (!open.isEmpty()) {
        Path folder = open.remove();
        try (DirectoryStream<Path> entries = FolderReader.this.open(folder)) {
          for (Path entry : entries) {
            visit(entry);
          }
        } catch (DirectoryIteratorException e) {
          unread(folder, e.getCause());
        } catch (IOException e) {
          unread(folder, e);
        }
      }
      return files;
    }

    private void unread(Path folder, IOException reason) throws IOException {
      if (folder.equals(root)) {
        throw reason;
      }
      files.add(RawFile.unread(name(folder) + "/", reason));
    }

    private String name(Path path) {
      return FileNames.relative(root, path);
    }

    private void visit(Path entry) throws Refusal {
      limits.entries(++entries);
      String path = name(entry);
      limits.path(path);
      try {
        BasicFileAttributes attributes =
            Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
          if (!SKIPPED.contains(entry.getFileName().toString())) {
            open.add(entry);
          }
        } else if (!path.endsWith(".java")) {
          notes.add("ignored " + RawFile.shown(path) + ": not a Java source");
        } else if (!attributes.isRegularFile()) {
          notes.add("ignored " + RawFile.shown(path) + ": a link or a special file");
        } else {
          limits.bytes(bytes + attributes.size());
          files.add(RawFile.of(path, bytes(entry)));
        }
      } catch (NoSuchFileException e) {
        // Deleted since it was listed; what was no source is not missed.
        if (path.endsWith(".java")) {
          files.add(RawFile.unread(path, e));
        }
      } catch (IOException e) {
        files.add(RawFile.unread(path, e));
      }
    }

    /** It may have grown since its size was asked. */
    private byte[] bytes(Path file) throws IOException, Refusal {
      try (InputStream in = content(file)) {
        byte[] content = in.readNBytes((int) Math.min(Integer.MAX_VALUE, limits.bytes() + 1));
        bytes += content.length;
        limits.bytes(bytes);
        return content;
      }
    }
  }
}

package threadmill.intake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads the Java files of a zip through its central directory, so that a truncated archive is
 * refused as a whole. Nothing is written to disk.
 */
final class ZipReader {
  private static final int CHUNK = 8_192;
  private final Limits limits;

  ZipReader(Limits limits) {
    this.limits = limits;
  }

  List<RawFile> read(Path archive, Notes notes) throws Refusal {
    try {
      // All of its directory is read into memory at once.
      limits.archive(Files.size(archive));
      return archive.toString().indexOf('\uFFFD') < 0
          ? opened(archive, notes)
          : copied(archive, notes);
    } catch (ZipException | EOFException e) {
      throw new Refusal("is not a whole zip archive (" + e.getMessage() + "); upload it again", e);
    } catch (IOException e) {
      throw new Unreadable("cannot be read", e);
    }
  }

  /** A name that is no text in this machine's locale cannot be given to a zip file. */
  private List<RawFile> copied(Path archive, Notes notes) throws IOException, Refusal {
    Path copy = Files.createTempFile("threadmill", ".zip");
    try {
      return opened(Files.copy(archive, copy, StandardCopyOption.REPLACE_EXISTING), notes);
    } finally {
      Files.delete(copy);
    }
  }

  private List<RawFile> opened(Path archive, Notes notes) throws IOException, Refusal {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return read(zip, notes);
    } catch (IllegalArgumentException e) {
      // Names or times that no zip tool writes.
      throw new Refusal("is not a whole zip archive (" + e.getMessage() + "); upload it again", e);
    }
  }

  private List<RawFile> read(ZipFile zip, Notes notes) throws IOException, Refusal {
    List<RawFile> files = new ArrayList<>();
    Set<String> names = new HashSet<>();
    limits.entries(zip.size());
    long total = 0;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      limits.path(RawFile.shown(name));
      requireSafe(name);
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw new Refusal("holds '" + RawFile.shown(name) + "' twice, or differing only in case");
      }
      if (entry.isDirectory() || isBuildOutput(name)) {
        continue;
      }
      byte[] bytes = bytesOf(zip, entry, total);
      total += bytes.length;
      if (name.endsWith(".java")) {
        files.add(RawFile.of(name, bytes));
      } else {
        notes.add("ignored " + RawFile.shown(name) + ": not a Java source");
      }
    }
    if (names.isEmpty()) {
      throw new Refusal("is an empty zip archive");
    }
    return files;
  }

  /** The declared size is the submitter's word, so what comes out is counted. */
  private byte[] bytesOf(ZipFile zip, ZipEntry entry, long before) throws IOException, Refusal {
    var bytes = new java.io.ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = zip.getInputStream(entry)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        bytes.write(chunk, 0, n);
        limits.bytes(before + bytes.size());
      }
    }
    return bytes.toByteArray();
  }

  private static void requireSafe(String name) throws Refusal {
    boolean climbs = ("/" + name + "/").contains("/../");
    boolean absolute = name.startsWith("/") || name.matches("^[A-Za-z]:.*");
    if (climbs || absolute || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
      throw new Refusal(
          "holds the unsafe path '"
              + RawFile.shown(name)
              + "'; pack the folder with an ordinary zip tool");
    }
  }

  private static boolean isBuildOutput(String name) {
    return Arrays.stream(name.split("/"))
        .anyMatch(part -> FolderReader.SKIPPED.contains(part) || part.equals("__MACOSX"));
  }
}

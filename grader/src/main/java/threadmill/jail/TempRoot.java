package threadmill.jail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder that the grader makes its temporary folders in: the JVM's own or, where that cannot be
 * used, the first of the usual ones that can.
 *
 * @param folder whose path is short enough for sockets in folders below it
 * @param reason why it is not the JVM's own, or nothing if it is
 */
public record TempRoot(Path folder, Optional<String> reason) {
  /**
   * The address of a socket has 103 bytes on macOS, 107 on Linux (unix(4), unix(7)). Of these our
   * own names need 36, as in {@code /tmill4194304-abcdef/0/c10/.door1/d}; the rest is programs'.
   */
  static final int LONGEST = 60;

  private static final Pattern NAME = Pattern.compile("tmill(\\d+)-[0-9a-z]{6}(\\..*)?");
  private static final int RADIX = 36;
  private static TempRoot known;

  /**
   * That of this JVM, found out once.
   *
   * @throws IOException saying what to set, if there is none
   */
  public static synchronized TempRoot get() throws IOException {
    if (known == null) {
      known = firstOf(candidates());
    }
    return known;
  }

  private static List<String> candidates() {
    return Stream.of(
            System.getProperty("java.io.tmpdir"),
            "/tmp",
            "/var/tmp",
            "/dev/shm",
            System.getenv("XDG_RUNTIME_DIR"),
            System.getProperty("user.home"))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /**
   * @param candidates the JVM's own first
   */
  static TempRoot firstOf(List<String> candidates) throws IOException {
    String first = candidates.get(0);
    Optional<String> reason = obstacle(first).map(why -> first + " " + why);
    for (String candidate : candidates) {
      if (obstacle(candidate).isEmpty()) {
        return new TempRoot(Path.of(candidate).toAbsolutePath(), reason);
      }
    }
    String all =
        candidates.stream()
            .map(candidate -> candidate + " " + obstacle(candidate).orElseThrow())
            .collect(Collectors.joining("; "));
    throw new IOException(
        "there is no folder for temporary files: "
            + all
            + "; set TMPDIR (or java.io.tmpdir) to a folder of your own with a short path");
  }

  /** Why a folder cannot be used, or nothing if it can. */
  private static Optional<String> obstacle(String name) {
    try {
      Path folder = Path.of(name).toAbsolutePath();
      int bytes = folder.toString().getBytes(StandardCharsets.UTF_8).length;
      if (!Files.isDirectory(folder)) {
        return Optional.of("is no folder");
      }
      if (bytes > LONGEST) {
        return Optional.of("has a path of " + bytes + " bytes, more than " + LONGEST);
      }
      if (folder.toString().contains(File.pathSeparator)) {
        return Optional.of("has '" + File.pathSeparator + "' in its path, as class paths do");
      }
      if (isRoot() && !isOpen(folder)) {
        return Optional.of("cannot be reached by other users, who run submissions");
      }
      // To ask is not enough: the disk may be full, or mounted read-only.
      Files.delete(Files.createDirectory(folder.resolve(freshName())));
      return Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.of("cannot be written");
    }
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static boolean isOpen(Path folder) throws IOException {
    for (Path each = folder.toRealPath(); each != null; each = each.getParent()) {
      if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }

  /** A name for a file or folder in it, short, that tells a later grader whose it was. */
  public static String freshName() {
    int number = ThreadLocalRandom.current().nextInt();
    String random = Long.toString(0x100000000L + Integer.toUnsignedLong(number), RADIX);
    return "tmill" + ProcessHandle.current().pid() + "-" + random.substring(random.length() - 6);
  }

  /** The process id of the grader that made something of this name, or nothing if none did. */
  public static OptionalLong maker(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
  }
}

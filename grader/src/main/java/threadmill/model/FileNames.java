package threadmill.model;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Paths as text and text as paths, the same in every locale. A JVM decodes names as its locale
 * says; in one of ASCII alone all names in other scripts look alike, and none can be written. The
 * URI of a path holds the bytes themselves.
 */
public final class FileNames {
  private static final String FILE_URI = "file:/";
  private static final String ARCHIVE = ".zip";

  /** That of this JVM's file names. */
  private static final Charset LOCAL = charset("sun.jnu.encoding");

  private static final boolean IN_UTF8 =
      File.separatorChar != '/' || LOCAL.equals(StandardCharsets.UTF_8);

  private FileNames() {}

  private static Charset charset(String property) {
    String name = System.getProperty(property, "UTF-8");
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }

  /** The last segment of a path; bytes that are text in no likely charset are told as %B1. */
  public static String name(Path path) {
    byte[] all = bytes(path.toAbsolutePath().normalize());
    int begin = all.length;
    while (begin > 0 && all[begin - 1] != '/') {
      begin--;
    }
    byte[] last = after(begin, all);
    return last.length == 0 ? path.toString() : decoded(last).orElseGet(() -> encoded(last));
  }

  /** A path below a folder, with forward slashes; the same in every locale, as hashes are. */
  public static String relative(Path folder, Path path) {
    byte[] all = bytes(path.toAbsolutePath());
    byte[] rest = after(bytes(folder.toAbsolutePath()).length + 1, all);
    return strict(rest, StandardCharsets.UTF_8).orElseGet(() -> encoded(rest));
  }

  /** The name of a submission: that of its folder, or of its archive without the ending. */
  public static String submission(Path path) {
    String name = name(path);
    return name.toLowerCase(Locale.ROOT).endsWith(ARCHIVE)
        ? name.substring(0, name.length() - ARCHIVE.length())
        : name;
  }

  /** What {@link #path} makes this path of again: a URI, where plain text would not do. */
  public static String text(Path path) {
    byte[] all = bytes(path.toAbsolutePath());
    if (all.length == 0) {
      return path.toString();
    }
    int begin = path.isAbsolute() ? 0 : bytes(Path.of("").toAbsolutePath()).length + 1;
    return strict(after(begin, all), StandardCharsets.UTF_8)
        .filter(text -> text.chars().noneMatch(FileNames::isUnseen))
        .filter(text -> !text.startsWith(FILE_URI))
        .orElseGet(() -> path.toUri().toString());
  }

  private static boolean isUnseen(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
  }

  /**
   * The path that a text names, or a URI.
   *
   * @throws InvalidPathException if it names none
   */
  public static Path path(String text) {
    if (text.startsWith(FILE_URI)) {
      return ofUri(text);
    }
    Path path = in(Path.of(""), text);
    // A word of the command line was decoded as the locale says.
    boolean typed = !Files.exists(path) && isEncodable(text) && Files.exists(Path.of(text));
    return typed ? Path.of(text) : path;
  }

  /**
   * A path below a folder, which has its name in UTF-8 where file names are bytes.
   *
   * @throws InvalidPathException if no file can have such a name
   */
  public static Path in(Path folder, String name) {
    if (IN_UTF8 || StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
      return folder.resolve(name);
    }
    String above = name.startsWith("/") ? "" : encoded(bytes(folder.toAbsolutePath())) + "/";
    return ofUri("file://" + above + encoded(name.getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean isEncodable(String name) {
    return LOCAL.canEncode() && LOCAL.newEncoder().canEncode(name);
  }

  private static Path ofUri(String text) {
    try {
      // One slash is an old form, which the JDK does not read byte by byte.
      boolean old = !text.startsWith(FILE_URI + "/");
      return Path.of(URI.create(old ? text.replaceFirst(FILE_URI, "file:///") : text));
    } catch (IllegalArgumentException e) {
      throw new InvalidPathException(text, "no path");
    }
  }

  /** A path as the file system has it, without a slash at the end. */
  private static byte[] bytes(Path absolute) {
    if (File.separatorChar != '/') {
      return absolute.toString().replace('\\', '/').getBytes(StandardCharsets.UTF_8);
    }
    String raw = absolute.toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      boolean escaped = raw.charAt(i) == '%';
      bytes.write(escaped ? Integer.parseInt(raw.substring(i + 1, i + 3), 16) : raw.charAt(i));
      i += escaped ? 2 : 0;
    }
    int length = bytes.size() - (raw.endsWith("/") ? 1 : 0);
    return Arrays.copyOf(bytes.toByteArray(), length);
  }

  private static byte[] after(int begin, byte[] bytes) {
    return Arrays.copyOfRange(bytes, Math.min(begin, bytes.length), bytes.length);
  }

  private static String encoded(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte each : bytes) {
      boolean plain = each > ' ' && each < 0x7f && "%?#[]\\^`{|}\"<>".indexOf(each) < 0;
      text.append(plain ? (char) each : String.format(Locale.ROOT, "%%%02X", each));
    }
    return text.toString();
  }

  /** As UTF-8 or else in the charset of the terminal, which is that of the user's own files. */
  private static Optional<String> decoded(byte[] bytes) {
    String terminal = System.getProperty("stdout.encoding") == null ? "native" : "stdout";
    return strict(bytes, StandardCharsets.UTF_8)
        .or(() -> strict(bytes, charset(terminal + ".encoding")));
  }

  private static Optional<String> strict(byte[] bytes, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}

package threadmill.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import threadmill.model.Finding;
import threadmill.model.Kind;

/**
 * How large the class files of one exercise of a submission may be, many times more than any honest
 * one needs. The compiler asks while it writes, the judge before it reads. A method and a pool of
 * constants within these limits still fit into a class file when the explorer has rewritten them,
 * up to eight times as long: see {@code LoomTest}.
 */
public final class ClassLimits {
  /** Class files. */
  public static final int CLASSES = 500;

  /** Of all class files together. */
  public static final long ALL_BYTES = 4L << 20;

  /** Of one class file. */
  public static final int CLASS_BYTES = 512 << 10;

  /** Of the name of a class file in UTF-8; file systems take 255. */
  public static final int NAME_BYTES = 240;

  /** Of the bytecode of one method. Beyond this size HotSpot does not compile a method either. */
  public static final int METHOD_BYTES = 8_000;

  /** For the variables and operands of one method. */
  public static final int FRAME_SLOTS = 240;

  /** Entries in the pool of constants of one class. */
  public static final int CONSTANTS = 10_000;

  private static final String WHAT_TO_DO = "; hand in only what the exercise needs";
  private static final int LONGEST_SHOWN = 60;

  private ClassLimits() {}

  /** What is to be said of one class file more than there may be. */
  public static String tooMany() {
    return "compiles to more than " + CLASSES + " classes" + WHAT_TO_DO;
  }

  /** What is to be said if all class files together are too large. */
  public static String tooLarge() {
    return "compiles to more than " + (ALL_BYTES >> 20) + " MiB of classes" + WHAT_TO_DO;
  }

  /**
   * What is to be said if one class file is too large.
   *
   * @param name of the class, without its package
   */
  public static String tooLarge(String name) {
    return "the class " + shown(name) + " has more than " + (CLASS_BYTES >> 10) + " KiB; split it";
  }

  /**
   * Why a class may not be called so, or nothing.
   *
   * @param name of the class, without its package
   */
  public static Optional<String> misnamed(String name) {
    int bytes = (name + ".class").getBytes(StandardCharsets.UTF_8).length;
    return bytes <= NAME_BYTES
        ? Optional.empty()
        : Optional.of(
            "the class "
                + shown(name)
                + " has a class file whose name is longer than "
                + NAME_BYTES
                + " bytes; shorten its name");
  }

  /**
   * The first limit that class files exceed, or nothing.
   *
   * @param classes their folder
   * @param home the package that submitted classes belong to
   */
  public static Optional<Finding> exceeded(Path classes, String home) throws IOException {
    long all = 0;
    int count = 0;
    try (Stream<Path> files = Files.walk(classes)) {
      for (Iterator<Path> each = files.filter(Files::isRegularFile).iterator(); each.hasNext(); ) {
        Path file = each.next();
        long size = Files.size(file);
        all += size;
        if (++count > CLASSES) {
          return finding(tooMany());
        }
        if (size > CLASS_BYTES) {
          return finding(tooLarge(file.getFileName().toString().replace(".class", "")));
        }
        if (all > ALL_BYTES) {
          return finding(tooLarge());
        }
      }
    }
    for (ClassReader reader : Admission.readers(classes)) {
      Optional<Finding> found = exceeded(reader, home);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Finding> exceeded(ClassReader reader, String home) {
    String name = reader.getClassName();
    String simple = shown(name.substring(name.lastIndexOf('/') + 1).replace('$', '.'));
    if (reader.getItemCount() > CONSTANTS) {
      String sentence =
          "the class "
              + simple
              + " needs more than "
              + number(CONSTANTS)
              + " entries in its pool of constants; split it";
      return Optional.of(MethodSizes.at(reader, home, "", sentence));
    }
    return MethodSizes.first(reader, METHOD_BYTES, FRAME_SLOTS)
        .map(
            found -> {
              String method = found.method();
              String called = simple + "." + shown(method.substring(0, method.indexOf('(')));
              String what =
                  found.code()
                      ? number(METHOD_BYTES) + " bytes of bytecode"
                      : number(FRAME_SLOTS) + " variables and operands";
              String sentence = "the method " + called + " has more than " + what + "; split it";
              return MethodSizes.at(reader, home, method, sentence);
            });
  }

  private static Optional<Finding> finding(String sentence) {
    return Optional.of(Finding.of(Kind.CONTRACT, sentence));
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String shown(String name) {
    return name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
  }
}

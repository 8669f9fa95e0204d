package threadmill.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Takes text in UTF-8 and passes it on in the charset of the terminal. What that does not have is
 * replaced by something like it, so that what differed still differs: the marks of passed and
 * failed, or two names.
 */
final class Terminal extends OutputStream {
  private static final Map<String, String> LIKENESS =
      Map.ofEntries(
          Map.entry("✓", "+"),
          Map.entry("✗", "x"),
          Map.entry("…", "..."),
          Map.entry("·", "."),
          Map.entry("–", "-"),
          Map.entry("→", "->"),
          Map.entry("×", "x"),
          Map.entry("±", "+-"),
          Map.entry("µ", "u"));

  private final OutputStream out;
  private final CharsetEncoder shown;
  private final Charset written;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /** The beginning of a character whose end has not come yet. */
  private final ByteBuffer begun = ByteBuffer.allocate(4);

  private Terminal(OutputStream out, Charset shown, Charset written) {
    this.out = out;
    this.shown = shown.newEncoder();
    this.written = written;
  }

  /** Lets all that is printed come out in the terminal's charset. */
  static void use() {
    System.setOut(stream(new FileOutputStream(FileDescriptor.out), charset(), charset()));
    System.setErr(stream(new FileOutputStream(FileDescriptor.err), charset(), charset()));
  }

  /** A stream into one that does not know what can be shown where its text arrives at last. */
  static PrintStream within(PrintStream out) {
    return stream(out, charset(), Charset.defaultCharset());
  }

  static PrintStream stream(OutputStream out, Charset shown, Charset written) {
    return new PrintStream(new Terminal(out, shown, written), true, StandardCharsets.UTF_8);
  }

  /** Its charset and, where that is a small one, what becomes of the rest. */
  static String described() {
    CharsetEncoder encoder = charset().newEncoder();
    boolean marks = LIKENESS.keySet().stream().allMatch(encoder::canEncode);
    return charset() + (marks ? "" : ": ✓ ✗ are printed as + x here, other letters as \\u1234");
  }

  /** That of the terminal, as the launcher or the JVM tells. */
  private static Charset charset() {
    return Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
        .map(System::getProperty)
        .filter(name -> name != null && Charset.isSupported(name))
        .map(Charset::forName)
        .filter(Charset::canEncode)
        .findFirst()
        .orElse(StandardCharsets.US_ASCII);
  }

  static boolean shows(String text) {
    return charset().newEncoder().canEncode(text);
  }

  /** Whether somebody looks on; from Java 22 there is a console also where nobody does. */
  static boolean isInteractive() {
    Console console = System.console();
    try {
      return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** JSON that is the same text in any charset: standard output may be a pipe to a program. */
  static String json(String text) {
    return charset().equals(StandardCharsets.UTF_8) ? text : escaped(text, c -> c < 0x80);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(begun.position() + length);
    in.put(begun.flip()).put(bytes, from, length).flip();
    CharBuffer text = CharBuffer.allocate(in.remaining());
    decoder.reset().decode(in, text, false);
    begun.clear().put(in);
    out.write(legible(text.flip().toString()).getBytes(written));
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  private String legible(String text) {
    if (shown.canEncode(text)) {
      return text;
    }
    StringBuilder all = new StringBuilder();
    text.codePoints()
        .mapToObj(Character::toString)
        .map(c -> shown.canEncode(c) ? c : LIKENESS.getOrDefault(c, escaped(c, no -> false)))
        .forEach(all::append);
    return all.toString();
  }

  /** As Java and JSON write characters that a text cannot hold. */
  private static String escaped(String text, IntPredicate plain) {
    StringBuilder all = new StringBuilder();
    text.chars()
        .mapToObj(c -> plain.test(c) ? "" + (char) c : String.format(Locale.ROOT, "\\u%04x", c))
        .forEach(all::append);
    return all.toString();
  }
}

package threadmill.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Outcome;
import threadmill.model.Trace;
import threadmill.model.Where;

/**
 * What the judge and a child say to each other: a byte for the type, then fields in the order of
 * the record. Strings are UTF-8 with a length of four bytes, cut at {@value #LONGEST} characters;
 * those of a finding are shorter than that, but for the schedule.
 */
final class Wire {
  static final int VERSION = 5;
  static final int LONGEST = 20_000;

  /** Of what a finding says of itself, in characters. */
  private static final int LONGEST_WORDS = 4_000;

  private static final int MOST_LINES = 200;
  private static final int MOST_THREADS = 100;
  private static final int MOST_STEPS = 500;

  /** Anything that is said. */
  sealed interface Message permits Hello, Ask, Answer, Farewell {}

  /**
   * The child is ready.
   *
   * @param version of this protocol
   * @param kit version of the kit that the child's classes are of
   */
  record Hello(int version, String kit, long pid) implements Message {}

  /**
   * The judge asks for one check; the nonce is good for one answer.
   *
   * @param schedule the one schedule to run instead of a search, or empty
   */
  record Ask(
      String nonce, String testClass, String method, long seed, int limitSeconds, String schedule)
      implements Message {}

  /**
   * The child's answer.
   *
   * @param spent whether threads are left that will not end, so that the child should be replaced
   */
  record Answer(String nonce, Outcome outcome, Optional<Finding> finding, long nanos, boolean spent)
      implements Message {}

  /** The judge has no more questions; the child repeats the nonce and ends. */
  record Farewell(String nonce) implements Message {}

  private Wire() {}

  static void write(DataOutputStream out, Message message) throws IOException {
    // No switch over the sealed type: that needs Java 21.
    if (message instanceof Hello hello) {
      out.writeByte(1);
      out.writeInt(hello.version());
      text(out, hello.kit());
      out.writeLong(hello.pid());
    } else if (message instanceof Ask ask) {
      out.writeByte(2);
      text(out, ask.nonce());
      text(out, ask.testClass());
      text(out, ask.method());
      out.writeLong(ask.seed());
      out.writeInt(ask.limitSeconds());
      text(out, ask.schedule());
    } else if (message instanceof Answer answer) {
      out.writeByte(3);
      text(out, answer.nonce());
      out.writeByte(answer.outcome().ordinal());
      out.writeBoolean(answer.finding().isPresent());
      if (answer.finding().isPresent()) {
        finding(out, answer.finding().get());
      }
      out.writeLong(answer.nanos());
      out.writeBoolean(answer.spent());
    } else if (message instanceof Farewell farewell) {
      out.writeByte(4);
      text(out, farewell.nonce());
    }
    out.flush();
  }

  /**
   * Reads one message.
   *
   * @throws java.io.EOFException if the other side has gone
   * @throws IOException if what came is no message
   */
  static Message read(DataInputStream in) throws IOException {
    int type = in.readByte();
    return switch (type) {
      case 1 -> new Hello(in.readInt(), text(in), in.readLong());
      case 2 -> new Ask(text(in), text(in), text(in), in.readLong(), in.readInt(), text(in));
      case 3 ->
          new Answer(
              text(in),
              constant(Outcome.values(), in.readByte()),
              in.readBoolean() ? Optional.of(finding(in)) : Optional.empty(),
              in.readLong(),
              in.readBoolean());
      case 4 -> new Farewell(text(in));
      default -> throw new IOException("no message begins with " + type);
    };
  }

  private static void finding(DataOutputStream out, Finding finding) throws IOException {
    out.writeByte(finding.kind().ordinal());
    text(out, finding.sentence());
    where(out, finding.where());
    List<String> lines = finding.evidence();
    int count = Math.min(lines.size(), MOST_LINES);
    out.writeInt(count);
    for (String line : lines.subList(0, count)) {
      text(out, line);
    }
    out.writeBoolean(finding.trace().isPresent());
    if (finding.trace().isPresent()) {
      trace(out, finding.trace().get());
    }
    out.writeBoolean(finding.costsAll());
  }

  /** The last steps, if there are too many: what goes wrong is at the end. */
  private static void trace(DataOutputStream out, Trace trace) throws IOException {
    out.writeInt(trace.threads().size());
    for (String name : trace.threads()) {
      text(out, name);
    }
    List<Trace.Step> steps = trace.steps();
    steps = steps.subList(Math.max(0, steps.size() - MOST_STEPS), steps.size());
    out.writeInt(steps.size());
    for (Trace.Step step : steps) {
      out.writeInt(step.thread());
      where(out, step.where());
      text(out, step.what());
    }
    text(out, trace.schedule());
  }

  private static void where(DataOutputStream out, Optional<Where> where) throws IOException {
    out.writeBoolean(where.isPresent());
    if (where.isPresent()) {
      text(out, where.get().file());
      out.writeInt(where.get().line());
    }
  }

  private static Finding finding(DataInputStream in) throws IOException {
    Kind kind = constant(Kind.values(), in.readByte());
    String sentence = words(in);
    Optional<Where> where = where(in);
    int count = bounded(in.readInt(), MOST_LINES);
    List<String> evidence = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      evidence.add(words(in));
    }
    Optional<Trace> trace = in.readBoolean() ? Optional.of(trace(in)) : Optional.empty();
    return new Finding(kind, sentence, where, evidence, trace, in.readBoolean());
  }

  private static Trace trace(DataInputStream in) throws IOException {
    int count = bounded(in.readInt(), MOST_THREADS);
    List<String> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(words(in));
    }
    int length = bounded(in.readInt(), MOST_STEPS);
    List<Trace.Step> steps = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      int thread = bounded(in.readInt(), threads.size() - 1);
      steps.add(new Trace.Step(thread, where(in), words(in)));
    }
    return new Trace(threads, steps, text(in));
  }

  private static Optional<Where> where(DataInputStream in) throws IOException {
    return in.readBoolean() ? Optional.of(new Where(words(in), in.readInt())) : Optional.empty();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    byte[] bytes = cut.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return text(in, LONGEST);
  }

  private static String words(DataInputStream in) throws IOException {
    return text(in, LONGEST_WORDS);
  }

  private static String text(DataInputStream in, int most) throws IOException {
    byte[] bytes = new byte[bounded(in.readInt(), most * 4)];
    in.readFully(bytes);
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static int bounded(int count, int most) throws IOException {
    if (count < 0 || count > most) {
      throw new IOException("a length of " + count + " is out of bounds");
    }
    return count;
  }

  private static <E> E constant(E[] values, int index) throws IOException {
    if (index < 0 || index >= values.length) {
      throw new IOException("no constant has the number " + index);
    }
    return values[index];
  }
}

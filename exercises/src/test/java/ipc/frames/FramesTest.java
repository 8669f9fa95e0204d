package ipc.frames;

import static ipc.frames.Wire.HEADER;
import static ipc.frames.Wire.announcing;
import static ipc.frames.Wire.frameOf;
import static ipc.frames.Wire.hex;
import static ipc.frames.Wire.joined;
import static ipc.frames.Wire.payloadOf;
import static org.awaitility.Awaitility.await;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.Meeting;
import threadmill.harness.Processes;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** What {@link Frames} promises to both ends of a stream. */
@Contract
class FramesTest {
  private static final String WRITE = "write(out, payload)";
  private static final String READ = "read(in)";
  private static final String END = "null, which means the end";
  private static final int STREAMS = 5_000;

  // The frame

  @CheckId("F1")
  @Property(tries = 30, edgeCases = EdgeCasesMode.FIRST)
  void writes_the_length_in_four_bytes_and_then_the_payload(@ForAll("shortLengths") int length, Crew crew) {
    byte[] payload = payloadOf(length, crew.random());
    byte[] frame = frameOf(payload);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    crew.done(WRITE, () -> Frames.write(out, payload));
    byte[] back = crew.answer(READ, () -> Frames.read(new ByteArrayInputStream(frame)));

    same(
        WRITE,
        "a frame of " + length + " bytes of payload is not laid out as agreed",
        frame,
        out.toByteArray());
    same(READ, "a frame that somebody else wrote is not understood", payload, back);
  }

  @CheckId(value = "F2", points = 2)
  @Property(tries = 30)
  void reads_back_what_was_written_whatever_pieces_it_comes_in(
      @ForAll("deliveries") Delivery delivery, Crew crew) {
    List<byte[]> payloads =
        delivery.lengths().stream().map(n -> payloadOf(n, crew.random())).toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    crew.done(WRITE, () -> writeAll(out, payloads));
    InputStream in = new Trickle(out.toByteArray(), delivery.pieces());

    List<byte[]> back = crew.answer(READ, () -> readAll(in, payloads.size() + 1));

    for (int i = 0; i < payloads.size(); i++) {
      byte[] got = i < back.size() ? back.get(i) : null;
      same(
          READ,
          "frame " + (i + 1) + " of " + payloads.size() + " is not read as it was written",
          payloads.get(i),
          got);
    }
    if (back.size() > payloads.size()) {
      throw wrong(READ, "read(in) found a frame after the last one");
    }
  }

  @CheckId("F3")
  @Test
  void sends_every_frame_on_its_way_before_it_returns(Crew crew) {
    ByteArrayOutputStream far = new ByteArrayOutputStream();
    OutputStream out = new BufferedOutputStream(far);

    crew.done(WRITE, () -> Frames.write(out, new byte[] {1, 2, 3}));

    if (far.size() == 0) {
      throw wrong(
          WRITE,
          "write(out, payload) returned while its frame still lay in the stream's buffer: whoever"
              + " waits for it at the other end may wait for ever");
    }
    same(
        WRITE,
        "a frame did not get through the stream's buffer",
        frameOf(new byte[] {1, 2, 3}),
        far.toByteArray());
  }

  // The end of the stream

  @CheckId(value = "F4", points = 2)
  @Property(tries = 8)
  void tells_the_end_of_the_stream_from_a_torn_frame(
      @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 9) Integer> lengths, Crew crew) {
    byte[] whole = joined(lengths.stream().map(n -> frameOf(payloadOf(n, crew.random()))).toList());
    int begin = 0;
    for (int frame = 0; frame < lengths.size(); frame++) {
      int size = HEADER + lengths.get(frame);
      for (int kept = 0; kept < size; kept++) {
        InputStream in = new Trickle(Arrays.copyOf(whole, begin + kept), List.of(3));
        endsRight(crew, in, frame, kept, size);
      }
      begin += size;
    }
  }

  private static void endsRight(Crew crew, InputStream in, int framesBefore, int kept, int size) {
    crew.done(READ, () -> readAll(in, framesBefore));

    Step<String> last = crew.asks(READ, () -> described(Frames.read(in)));

    if (kept > 0) {
      last.fails(
          EOFException.class,
          "the stream ended after " + kept + " of the " + size + " bytes of a frame");
      return;
    }
    String answer = last.finishes("the stream ended between two frames, or before the first");
    if (!answer.equals(END)) {
      throw wrong(
          READ, "read(in) returned " + answer + " at the end of the stream instead of null");
    }
  }

  @CheckId("F5")
  @Test
  void takes_an_empty_frame_for_a_frame_and_not_for_the_end(Crew crew) {
    byte[] three =
        joined(List.of(frameOf(new byte[0]), frameOf(new byte[] {7}), frameOf(new byte[0])));
    InputStream in = new ByteArrayInputStream(three);

    List<byte[]> back = crew.answer(READ, () -> readAll(in, 3));

    if (back.size() < 3) {
      throw wrong(
          READ,
          "read(in) returned null for a frame with an empty payload: null says that the stream is"
              + " over, and what comes after is lost");
    }
    same(READ, "an empty frame is not read as it was written", new byte[0], back.get(0));
  }

  @CheckId("F16")
  @Test
  void leaves_in_the_stream_what_comes_after_the_frame(Crew crew) {
    byte[] after = {9, 8, 7, 6, 5};
    for (byte[] payload : List.of(new byte[] {1, 2}, new byte[0])) {
      byte[] bytes = joined(List.of(frameOf(payload), after));
      ByteArrayInputStream in = new ByteArrayInputStream(bytes);

      crew.done(READ, () -> Frames.read(in));

      String sentence = "read(in) took bytes that come after its frame";
      same(READ, sentence, after, in.readAllBytes());
    }
  }

  // Lengths that no frame has

  @CheckId("F6")
  @Property(tries = 20)
  void refuses_a_length_that_no_frame_has(@ForAll("impossibleLengths") int length, Crew crew) {
    Step<String> read = crew.asks(READ, () -> described(Frames.read(announcing(length))));

    read.fails(IOException.class, "the header says " + length + " bytes");
  }

  @CheckId("F7")
  @Test
  void sets_no_memory_aside_before_it_has_checked_the_length(Crew crew) {
    int length = 32 << 20;
    // What a refusal needs only once, such as the classes of its message, is not counted.
    crew.asks(READ, () -> described(Frames.read(announcing(Frames.MAX + 1))))
        .fails(IOException.class, "the header says one byte more than MAX");

    long[] allocated = new long[1];
    Step<String> read =
        crew.asks(
            READ,
            () -> {
              InputStream in = announcing(length);
              long before = allocatedBytes();
              try {
                return described(Frames.read(in));
              } finally {
                allocated[0] = allocatedBytes() - before;
              }
            });

    read.fails(IOException.class, "the header says " + length + " bytes");
    if (allocated[0] > 2 << 20) {
      throw Failure.of(
          Kind.MEMORY,
          "read(in) allocated memory for a length that it then refused: four bytes from a stranger are"
              + " enough to use it all up",
          Students.lineOf(READ),
          List.of("allocated: " + allocated[0] + " bytes"));
    }
  }

  // Several writers

  @CheckId(value = "F8", points = 2)
  @Test
  void lets_nobody_write_into_a_half_written_frame(Crew crew) {
    Meeting written = crew.meeting(2);
    keepsOut(crew, written, new HalfWay(written));
    Meeting flushed = crew.meeting(2);
    keepsOut(crew, flushed, HalfWay.atFlush(flushed));
  }

  private static void keepsOut(Crew crew, Meeting halfWay, HalfWay out) {
    byte[] first = {1, 1, 1};
    byte[] second = {2, 2, 2, 2, 2};
    Step<Void> writer = crew.does(WRITE, () -> Frames.write(out, first));
    comesTrue(() -> halfWay.arrived() > 0 || writer.isOver());
    if (halfWay.arrived() == 0) {
      writer.finishes("nobody else writes");
      throw wrong(WRITE, "write(out, payload) returned without having written and flushed its frame");
    }

    Step<Void> rival = crew.does(WRITE, () -> Frames.write(out, second));
    rival.blocks("another thread is in the middle of a frame on the same stream");

    halfWay.dismiss();
    writer.finishes("its stream takes the rest of its frame");
    rival.finishes("the frame that was in its way is complete");
    same(
        WRITE,
        "two writers took turns, and yet their frames are damaged",
        joined(List.of(frameOf(first), frameOf(second))),
        out.taken());
  }

  @CheckId("F9")
  @Test
  void keeps_the_frames_of_many_writers_apart(Crew crew) {
    int writers = 4;
    int frames = 50;
    Crumbs out = new Crumbs();
    crew.noisy();

    crew.allFinish(
        crew.atOnce(
            writers,
            WRITE,
            writer ->
                () -> {
                  for (int i = 0; i < frames; i++) {
                    Frames.write(out, numbered(writer, i));
                  }
                }),
        "writers of one stream take turns");

    mustBeWhole(ByteBuffer.wrap(out.taken()), writers, frames);
  }

  /** The one stream takes its bytes only when all of the other frame has been written. */
  @CheckId(value = "F14", points = 2)
  @Test
  void writers_of_different_streams_share_nothing(Crew crew) {
    Meeting taking = crew.meeting(2);
    ByteArrayOutputStream slow =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int from, int length) {
            if (taking.arrived() == 0) {
              taking.attend();
            }
            super.write(bytes, from, length);
          }

          @Override
          public synchronized void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }
        };
    ByteArrayOutputStream quick = new ByteArrayOutputStream();
    byte[] first = {1, 1, 1};
    byte[] second = {2, 2, 2, 2, 2};
    Step<Void> writer = crew.does(WRITE, () -> Frames.write(slow, first));
    comesTrue(() -> taking.arrived() > 0 || writer.isOver());
    crew.does(WRITE, () -> Frames.write(quick, second)).finishes("its stream takes everything");
    taking.dismiss();
    writer.finishes("its stream takes its frame now");
    String damaged = "two frames went to two streams, and one of them is damaged";
    same(WRITE, damaged, frameOf(first), slow.toByteArray());
    same(WRITE, damaged, frameOf(second), quick.toByteArray());
  }

  @CheckId(value = "F17", points = 2)
  @Test
  void a_write_that_fails_holds_up_no_later_one(Crew crew) {
    Faulty out = new Faulty();
    byte[] payload = {1, 2, 3};
    for (Exception fault : List.of(new IOException("full"), new IllegalStateException("closed"))) {
      for (boolean atFlush : new boolean[] {false, true}) {
        out.fails(fault, atFlush);
        crew.does(WRITE, () -> Frames.write(out, payload)).fails(fault.getClass(), "its stream did");
        out.works();
        crew.does(WRITE, () -> Frames.write(out, payload)).finishes("the one before has failed");
      }
    }
    crew.does(WRITE, () -> Frames.write(out, new byte[Frames.MAX + 1]))
        .fails(IllegalArgumentException.class, "the payload is one byte longer than MAX");
    out.works();
    crew.does(WRITE, () -> Frames.write(out, payload)).finishes("the one before was refused");
    same(WRITE, "a frame is damaged that comes after one that failed", frameOf(payload), out.taken());
  }

  @CheckId("F10")
  @Test
  void does_not_hold_up_writers_of_other_streams(Crew crew) {
    int streams = 3;
    crew.done(WRITE, () -> Frames.write(OutputStream.nullOutputStream(), new byte[] {1, 2, 3}));
    Meeting inside = crew.meeting(streams);

    List<Step<Void>> writers =
        crew.atOnce(
            streams, WRITE, i -> () -> Frames.write(new HalfWay(inside), new byte[] {1, 2, 3}));

    inside.comesAbout(
        "writers, each with a stream of its own, were let in at the same time: a stream that takes"
            + " nothing for a while must not hold up the others");
    crew.allFinish(writers, "their streams take everything");
  }

  @CheckId("F15")
  @Test
  void a_stream_that_takes_nothing_holds_up_none_of_thousands(Crew crew) {
    Meeting halfWay = crew.meeting(2);
    HalfWay full = new HalfWay(halfWay);
    Step<Void> writer = crew.does(WRITE, () -> Frames.write(full, new byte[] {1, 2, 3}));
    comesTrue(() -> halfWay.arrived() > 0 || writer.isOver());
    AtomicInteger written = new AtomicInteger();
    Step<Void> others =
        crew.does(
            WRITE,
            () -> {
              for (int i = 0; i < STREAMS; i++) {
                Frames.write(new ByteArrayOutputStream(), new byte[] {1, 2, 3});
                written.incrementAndGet();
              }
            });
    boolean all = crew.comesTrue(others::isOver);
    if (!all) {
      throw Failure.of(
          Kind.OVERSYNC,
          "write(out, payload) waits for the writer of another stream, which takes nothing for a while:"
              + " some streams share a lock",
          Students.lineOf(WRITE),
          List.of("written before: " + written));
    }
    others.finishes("each stream has only this writer");
    halfWay.dismiss();
    writer.finishes("its stream takes the rest of its frame");
  }

  @CheckId(value = "F18", points = 2)
  @Test
  void equal_streams_are_different_streams(Crew crew) {
    Meeting halfWay = crew.meeting(2);
    HalfWay full = HalfWay.likeAllOthers(halfWay);
    Step<Void> writer = crew.does(WRITE, () -> Frames.write(full, new byte[] {1, 2, 3}));
    comesTrue(() -> halfWay.arrived() > 0 || writer.isOver());
    HalfWay equal = HalfWay.likeAllOthers(crew.meeting(1));
    Step<Void> other = crew.does(WRITE, () -> Frames.write(equal, new byte[] {4}));
    if (!crew.comesTrue(other::isOver)) {
      String sentence =
          "write(out, payload) waits for the writer of another stream, which is equal to this one but"
              + " not the same";
      throw Failure.of(Kind.OVERSYNC, sentence, Students.lineOf(WRITE), List.of());
    }
    other.finishes("no other thread writes to its stream");
    halfWay.dismiss();
    writer.finishes("its stream takes the rest of its frame");

    Meeting changing = crew.meeting(2);
    keepsOut(crew, changing, HalfWay.likeAllOthers(changing));
  }

  // Another process

  @CheckId("F11")
  @Test
  void talks_to_another_process_through_pipes(Crew crew) throws IOException {
    crew.childrenWaitForNoClock();
    byte[] small = payloadOf(3, crew.random());
    byte[] large = payloadOf(Frames.MAX, crew.random());
    // The stub is met before there is a process to end.
    crew.done(WRITE, () -> Frames.write(OutputStream.nullOutputStream(), small));
    Process cat = new ProcessBuilder("cat").start();
    try {
      for (byte[] payload : List.of(small, large)) {
        Step<Void> write = crew.does(WRITE, () -> Frames.write(cat.getOutputStream(), payload));
        Step<byte[]> read = crew.asks(READ, () -> Frames.read(cat.getInputStream()));

        byte[] back =
            read.finishes("a frame was written to cat, which sends back at once what it gets");

        same(READ, "a frame did not come back from cat as it was sent", payload, back);
        write.finishes("cat takes all that it is sent");
      }
      cat.getOutputStream().close();
      Step<String> last = crew.asks(READ, () -> described(Frames.read(cat.getInputStream())));
      String answer = last.finishes("cat ends when its input ends");
      if (!answer.equals(END)) {
        throw wrong(READ, "read(in) returned " + answer + " after the end of cat instead of null");
      }
    } catch (Failure failure) {
      Processes.mustNotBeKilled(cat);
      throw failure;
    } finally {
      cat.destroyForcibly();
    }
  }

  // What is left

  @CheckId("F12")
  @Test
  void refuses_to_write_what_no_reader_would_take(Crew crew) {
    byte[] longest = new byte[Frames.MAX];
    byte[] tooLong = new byte[Frames.MAX + 1];
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    crew.done(WRITE, () -> Frames.write(OutputStream.nullOutputStream(), longest));
    crew.does(WRITE, () -> Frames.write(out, tooLong))
        .fails(IllegalArgumentException.class, "the payload is one byte longer than MAX");

    if (out.size() > 0) {
      throw wrong(
          WRITE,
          "write(out, payload) refused the payload after it had written "
              + out.size()
              + " bytes: the stream is of no use any more");
    }
  }

  @CheckId("F13")
  @Test
  void is_built_from_plain_streams(Crew crew) {
    crew.done(WRITE, () -> Frames.write(OutputStream.nullOutputStream(), new byte[3]));

    Structure.of(Frames.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .asksToBuild(
            DataInputStream.class,
            DataOutputStream.class,
            ObjectInputStream.class,
            ObjectOutputStream.class)
        .holds();
  }

  // What is sent

  @Provide
  Arbitrary<Integer> shortLengths() {
    return Arbitraries.integers().between(0, 400).edgeCases(edges -> edges.add(127, 128, 255, 256));
  }

  @Provide
  Arbitrary<Delivery> deliveries() {
    Arbitrary<Integer> borders = Arbitraries.of(0, 1, 127, 128, 255, 256, 65_535, 65_536);
    Arbitrary<Integer> any = Arbitraries.integers().between(0, 3_000);
    Arbitrary<Integer> most = Arbitraries.just(Frames.MAX);
    Arbitrary<Integer> lengths =
        Arbitraries.frequencyOf(Tuple.of(6, borders), Tuple.of(6, any), Tuple.of(1, most));
    Arbitrary<Integer> pieces = Arbitraries.integers().between(1, 9_000);
    return Combinators.combine(
            lengths.list().ofMinSize(1).ofMaxSize(5), pieces.list().ofMinSize(1).ofMaxSize(5))
        .as(Delivery::new);
  }

  @Provide
  Arbitrary<Integer> impossibleLengths() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(Integer.MIN_VALUE, -1),
        Arbitraries.integers().between(Frames.MAX + 1, 32 << 20));
  }

  private static void writeAll(OutputStream out, List<byte[]> payloads) throws IOException {
    for (byte[] payload : payloads) {
      Frames.write(out, payload);
    }
  }

  /** Reads to the end, or so many frames. */
  private static List<byte[]> readAll(InputStream in, int most) throws IOException {
    List<byte[]> payloads = new ArrayList<>();
    while (payloads.size() < most) {
      byte[] payload = Frames.read(in);
      if (payload == null) {
        break;
      }
      payloads.add(payload);
    }
    return payloads;
  }

  /** A payload that tells who wrote it and when; its length differs from frame to frame. */
  private static byte[] numbered(int writer, int number) {
    byte[] payload = new byte[2 + number % 7];
    Arrays.fill(payload, (byte) writer);
    payload[1] = (byte) number;
    return payload;
  }

  // How it is judged

  private static void mustBeWhole(ByteBuffer bytes, int writers, int frames) {
    int[] next = new int[writers];
    for (int i = 0; i < writers * frames; i++) {
      int length = bytes.remaining() < HEADER ? -1 : bytes.getInt();
      if (length < 2 || length > bytes.remaining()) {
        throw mixed(writers, i, "comes a header that says %,d bytes".formatted(length));
      }
      byte[] payload = new byte[length];
      bytes.get(payload);
      int writer = payload[0];
      boolean known = writer >= 0 && writer < writers;
      if (!known || !Arrays.equals(payload, numbered(writer, next[writer]))) {
        throw mixed(writers, i, "comes a payload that nobody sent: " + hex(payload));
      }
      next[writer]++;
    }
  }

  private static Failure mixed(int writers, int whole, String then) {
    String sentence = writers + " threads wrote to one stream and their frames got mixed";
    List<String> evidence = List.of("after " + whole + " whole frames " + then);
    return Failure.of(Kind.SAFETY, sentence, Students.lineOf(WRITE), evidence);
  }

  private static void same(String call, String sentence, byte[] expected, byte[] actual) {
    if (Arrays.equals(expected, actual)) {
      return;
    }
    List<String> evidence =
        List.of(
            "expected " + expected.length + " bytes: " + hex(expected),
            "got " + (actual == null ? END : actual.length + " bytes: " + hex(actual)));
    throw Failure.of(Kind.CONTRACT, sentence, Students.lineOf(call), evidence);
  }

  private static Failure wrong(String call, String sentence) {
    return Failure.of(Kind.CONTRACT, sentence, Students.lineOf(call), List.of());
  }

  private static String described(byte[] payload) {
    return payload == null ? END : "a payload of " + payload.length + " bytes";
  }

  /** What the calling thread has allocated so far; 0 where that is not told. */
  private static long allocatedBytes() {
    return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
        ? threads.getThreadAllocatedBytes(Thread.currentThread().getId())
        : 0;
  }

  private static void comesTrue(Callable<Boolean> condition) {
    try {
      await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofSeconds(10))
          .until(condition);
    } catch (ConditionTimeoutException e) {
      // The next question to the step says what is wrong.
      return;
    }
  }
}

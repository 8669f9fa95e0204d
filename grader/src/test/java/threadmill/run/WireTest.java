package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Outcome;
import threadmill.model.Trace;
import threadmill.model.Where;

class WireTest {
  @Property(tries = 300)
  void what_is_written_is_what_is_read(@ForAll("messages") Wire.Message message)
      throws IOException {
    assertEquals(message, read(bytes(message)));
  }

  @Property(tries = 100)
  void a_message_cut_anywhere_is_the_end_of_the_stream(
      @ForAll("messages") Wire.Message message, @ForAll double where) throws IOException {
    byte[] whole = bytes(message);
    int cut = (int) (Math.abs(where % 1) * whole.length);
    assertThrows(EOFException.class, () -> read(Arrays.copyOf(whole, cut)));
  }

  @Property(tries = 300)
  void rubbish_is_refused_and_needs_no_memory(@ForAll byte[] rubbish) {
    try {
      read(rubbish);
    } catch (IOException e) {
      assertTrue(e.getMessage() == null || !e.getMessage().isEmpty());
    }
  }

  @Test
  void a_text_too_long_is_cut_by_the_sender() throws IOException {
    String endless = "x".repeat(Wire.LONGEST * 3);
    Wire.Farewell cut = (Wire.Farewell) read(bytes(new Wire.Farewell(endless)));
    assertEquals(Wire.LONGEST, cut.nonce().length());
  }

  @Test
  void a_length_that_claims_too_much_is_refused() {
    byte[] claim = {4, 0x7f, -1, -1, -1};
    IOException refused = assertThrows(IOException.class, () -> read(claim));
    assertEquals("a length of 2147483647 is out of bounds", refused.getMessage());
  }

  @Provide
  Arbitrary<Wire.Message> messages() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(50);
    Arbitrary<Wire.Message> hello =
        Combinators.combine(Arbitraries.integers(), text, Arbitraries.longs()).as(Wire.Hello::new);
    Arbitrary<Wire.Message> ask =
        Combinators.combine(text, text, text, Arbitraries.longs(), Arbitraries.integers(), text)
            .as(Wire.Ask::new);
    Arbitrary<Wire.Message> farewell = text.map(Wire.Farewell::new);
    Arbitrary<Optional<Where>> where =
        Combinators.combine(text, Arbitraries.integers()).as(Where::new).optional();
    Arbitrary<Trace.Step> step =
        Combinators.combine(Arbitraries.integers().between(0, 2), where, text).as(Trace.Step::new);
    Arbitrary<Optional<Trace>> trace =
        Combinators.combine(text.list().ofSize(3), step.list().ofMaxSize(5), text)
            .as(Trace::new)
            .optional();
    Arbitrary<Optional<Finding>> finding =
        Combinators.combine(
                Arbitraries.of(Kind.class),
                text,
                where,
                text.list().ofMaxSize(5),
                trace,
                Arbitraries.of(true, false))
            .as(Finding::new)
            .optional();
    Arbitrary<Wire.Message> answer =
        Combinators.combine(
                text,
                Arbitraries.of(Outcome.class),
                finding,
                Arbitraries.longs(),
                Arbitraries.of(true, false))
            .as(Wire.Answer::new);
    return Arbitraries.oneOf(hello, ask, farewell, answer);
  }

  private static byte[] bytes(Wire.Message message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Wire.write(new DataOutputStream(bytes), message);
    return bytes.toByteArray();
  }

  private static Wire.Message read(byte[] bytes) throws IOException {
    return Wire.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}

package ipc.frames;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What travels, made and shown without the student's code. */
final class Wire {
  static final int HEADER = 4;

  private Wire() {}

  /** So many random bytes. */
  static byte[] payloadOf(int length, Random random) {
    byte[] payload = new byte[length];
    random.nextBytes(payload);
    return payload;
  }

  /** The frame as it is agreed, made without the student's code. */
  static byte[] frameOf(byte[] payload) {
    return ByteBuffer.allocate(HEADER + payload.length).putInt(payload.length).put(payload).array();
  }

  /** Frames as they lie in a stream, one after the other. */
  static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** A header that announces so many bytes, and zeros without end behind it. */
  static InputStream announcing(int length) {
    InputStream header =
        new ByteArrayInputStream(ByteBuffer.allocate(HEADER).putInt(length).array());
    InputStream zeros =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            Arrays.fill(bytes, from, from + length, (byte) 0);
            return length;
          }
        };
    return new SequenceInputStream(header, zeros);
  }

  /** The first bytes, two digits each. */
  static String hex(byte[] bytes) {
    String begin =
        IntStream.range(0, Math.min(bytes.length, 16))
            .mapToObj(i -> "%02x".formatted(bytes[i]))
            .collect(Collectors.joining(" "));
    return bytes.length > 16 ? begin + " …" : begin;
  }
}

package threadmill.run;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/**
 * Streams over a socket channel that one thread reads while another writes. Those of {@code
 * java.nio.channels.Channels} share a lock, so that a write waits for the read to end.
 */
final class ChannelStreams {
  private ChannelStreams() {}

  static DataInputStream input(SocketChannel channel) {
    return new DataInputStream(
        new InputStream() {
          @Override
          public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
          }

          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            Objects.checkFromIndexSize(from, length, bytes.length);
            return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, from, length));
          }
        });
  }

  static DataOutputStream output(SocketChannel channel) {
    OutputStream direct =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
            while (rest.hasRemaining()) {
              channel.write(rest);
            }
          }
        };
    return new DataOutputStream(new BufferedOutputStream(direct));
  }
}

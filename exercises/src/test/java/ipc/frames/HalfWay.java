package ipc.frames;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import threadmill.harness.Failure;
import threadmill.harness.Meeting;
import threadmill.harness.Students;
import threadmill.model.Kind;
import threadmill.model.Where;

/**
 * Stops its first writer after the first byte, or while it flushes, until the meeting is over.
 * Whoever comes to write meanwhile has found the way into a half-written frame.
 */
class HalfWay extends OutputStream {
  private final Meeting meeting;
  private final boolean atFlush;
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private volatile Thread first;
  private volatile boolean waiting;

  HalfWay(Meeting meeting) {
    this(meeting, false);
  }

  private HalfWay(Meeting meeting, boolean atFlush) {
    this.meeting = meeting;
    this.atFlush = atFlush;
  }

  static HalfWay atFlush(Meeting meeting) {
    return new HalfWay(meeting, true);
  }

  /** Equal to all others of its kind, with a hash code that changes as it is written. */
  static HalfWay likeAllOthers(Meeting meeting) {
    return new LikeAllOthers(meeting);
  }

  private static final class LikeAllOthers extends HalfWay {
    private LikeAllOthers(Meeting meeting) {
      super(meeting, false);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LikeAllOthers;
    }

    @Override
    public int hashCode() {
      return taken().length;
    }
  }

  byte[] taken() {
    return taken.toByteArray();
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    if (waiting && Thread.currentThread() != first) {
      throw mixed();
    }
    int rest = from;
    if (!atFlush && first == null && length > 0) {
      taken.write(bytes[rest++]);
      stop();
    }
    taken.write(bytes, rest, from + length - rest);
  }

  @Override
  public void flush() {
    if (atFlush && first == null) {
      stop();
    }
  }

  private void stop() {
    first = Thread.currentThread();
    waiting = true;
    meeting.attend();
    waiting = false;
  }

  private Failure mixed() {
    StackTraceElement[] stack = Thread.currentThread().getStackTrace();
    Optional<Where> line = Students.lineIn(stack);
    return Failure.of(
        Kind.SAFETY,
        atFlush
            ? "one thread was flushing its frame when here another thread wrote to the same stream,"
                + " which may be without any lock of its own"
            : "one thread had written the first byte of its frame when here another thread wrote to"
                + " the same stream: their frames are mixed, and the reader takes payload for a"
                + " length",
        line,
        List.of());
  }
}

package programs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import threadmill.explore.Outcomes;
import threadmill.explore.Scenario;

/** The litmus tests: two or four threads, two places, and what they may read. */
public class Litmus {
  private static final VarHandle X;
  private static final VarHandle Y;

  static {
    try {
      X = MethodHandles.lookup().findVarHandle(Litmus.class, "x", int.class);
      Y = MethodHandles.lookup().findVarHandle(Litmus.class, "y", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private int x;
  private int y;
  private final int[] r = new int[4];

  /** How places are read and written. */
  public enum Mode {
    PLAIN,
    OPAQUE,
    ACQUIRE_RELEASE,
    VOLATILE,
    FENCED
  }

  private void write(VarHandle place, Mode mode) {
    switch (mode) {
      case PLAIN -> place.set(this, 1);
      case OPAQUE -> place.setOpaque(this, 1);
      case ACQUIRE_RELEASE -> place.setRelease(this, 1);
      case VOLATILE -> place.setVolatile(this, 1);
      default -> {
        place.setOpaque(this, 1);
        VarHandle.fullFence();
      }
    }
  }

  private int read(VarHandle place, Mode mode) {
    return switch (mode) {
      case PLAIN -> (int) place.get(this);
      case OPAQUE -> (int) place.getOpaque(this);
      case ACQUIRE_RELEASE -> (int) place.getAcquire(this);
      case VOLATILE -> (int) place.getVolatile(this);
      default -> {
        VarHandle.fullFence();
        yield (int) place.getOpaque(this);
      }
    };
  }

  private void tell(Scenario s, int count) {
    s.atEnd(
        "told",
        () -> {
          StringBuilder all = new StringBuilder();
          for (int i = 0; i < count; i++) {
            all.append(r[i]);
          }
          Outcomes.add(all.toString());
          return true;
        });
  }

  void store_buffering(Scenario s, Mode mode) {
    s.thread(
        "A",
        () -> {
          write(X, mode);
          r[0] = read(Y, mode);
        });
    s.thread(
        "B",
        () -> {
          write(Y, mode);
          r[1] = read(X, mode);
        });
    tell(s, 2);
  }

  void message_passing(Scenario s, Mode mode) {
    s.thread(
        "A",
        () -> {
          write(X, mode);
          write(Y, mode);
        });
    s.thread(
        "B",
        () -> {
          r[0] = read(Y, mode);
          r[1] = read(X, mode);
        });
    tell(s, 2);
  }

  void coherence_of_reads(Scenario s, Mode mode) {
    s.thread("A", () -> write(X, mode));
    s.thread(
        "B",
        () -> {
          r[0] = read(X, mode);
          r[1] = read(X, mode);
        });
    tell(s, 2);
  }

  void independent_reads_of_independent_writes(Scenario s, Mode mode) {
    s.thread("A", () -> write(X, mode));
    s.thread("B", () -> write(Y, mode));
    s.thread(
        "C",
        () -> {
          r[0] = read(X, mode);
          r[1] = read(Y, mode);
        });
    s.thread(
        "D",
        () -> {
          r[2] = read(Y, mode);
          r[3] = read(X, mode);
        });
    tell(s, 4);
  }
}

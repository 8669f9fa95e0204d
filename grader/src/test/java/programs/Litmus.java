package programs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import threadmill.explore.Outcomes;
import threadmill.explore.Scenario;
import threadmill.explore.Section;

/** The litmus tests: two or four threads, two places, and what they may read. */
public class Litmus {
  private static final VarHandle X;
  private static final VarHandle Y;
  private static final VarHandle Z;

  static {
    try {
      X = MethodHandles.lookup().findVarHandle(Litmus.class, "x", int.class);
      Y = MethodHandles.lookup().findVarHandle(Litmus.class, "y", int.class);
      Z = MethodHandles.lookup().findVarHandle(Litmus.class, "z", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private int x;
  private int y;
  private int z;
  private int made;
  private final int[] r = new int[4];

  /** How places are read and written. */
  public enum Mode {
    PLAIN,
    OPAQUE,
    ACQUIRE_RELEASE,
    VOLATILE,
    FENCED,
    /** Released stores that are read by volatile reads. */
    RELEASE_VOLATILE,
    OPAQUE_VOLATILE
  }

  private void write(VarHandle place, Mode mode) {
    write(place, mode, 1);
  }

  private void write(VarHandle place, Mode mode, int value) {
    switch (mode) {
      case PLAIN -> place.set(this, value);
      case OPAQUE, OPAQUE_VOLATILE -> place.setOpaque(this, value);
      case ACQUIRE_RELEASE, RELEASE_VOLATILE -> place.setRelease(this, value);
      case VOLATILE -> place.setVolatile(this, value);
      default -> {
        place.setOpaque(this, value);
        VarHandle.fullFence();
      }
    }
  }

  private int read(VarHandle place, Mode mode) {
    return switch (mode) {
      case PLAIN -> (int) place.get(this);
      case OPAQUE -> (int) place.getOpaque(this);
      case ACQUIRE_RELEASE -> (int) place.getAcquire(this);
      case VOLATILE, RELEASE_VOLATILE, OPAQUE_VOLATILE -> (int) place.getVolatile(this);
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

  void store_buffering_with_a_volatile_write_between(Scenario s, Mode mode) {
    s.thread(
        "A",
        () -> {
          write(X, mode);
          Z.setVolatile(this, 1);
          r[0] = read(Y, mode);
        });
    s.thread(
        "B",
        () -> {
          write(Y, mode);
          Z.setVolatile(this, 1);
          r[1] = read(X, mode);
        });
    tell(s, 2);
  }

  void a_store_that_two_read(Scenario s, Mode mode) {
    s.thread("A", () -> write(X, mode));
    s.thread(
        "B",
        () -> {
          r[0] = read(X, mode);
          Z.setVolatile(this, 1);
        });
    s.thread(
        "C",
        () -> {
          r[1] = (int) Z.getVolatile(this);
          r[2] = read(X, mode);
        });
    tell(s, 3);
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

  void load_buffering(Scenario s, Mode mode) {
    s.thread(
        "A",
        () -> {
          r[0] = read(X, mode);
          write(Y, mode);
        });
    s.thread(
        "B",
        () -> {
          r[1] = read(Y, mode);
          write(X, mode);
        });
    tell(s, 2);
  }

  /** Each writes what it has read: no value may come out of thin air. */
  void out_of_thin_air(Scenario s, Mode mode) {
    s.thread(
        "A",
        () -> {
          r[0] = read(X, mode);
          if (r[0] == 1) {
            write(Y, mode);
          }
        });
    s.thread(
        "B",
        () -> {
          r[1] = read(Y, mode);
          if (r[1] == 1) {
            write(X, mode);
          }
        });
    tell(s, 2);
  }

  /** The same with a third thread, whose write makes the value possible, but not there. */
  void out_of_other_runs(Scenario s, Mode mode) {
    s.thread(
        "A",
        () -> {
          r[0] = read(X, mode);
          if (r[0] == 1) {
            write(Y, mode);
          }
        });
    s.thread(
        "B",
        () -> {
          r[1] = read(Y, mode);
          if (r[1] == 1) {
            write(X, mode);
          }
        });
    s.thread(
        "C",
        () -> {
          r[2] = read(Z, mode);
          if (r[2] == 1) {
            write(X, mode);
          }
        });
    s.thread("D", () -> write(Z, mode));
    tell(s, 3);
  }

  /** Whether B writes depends on what it reads; it writes all the same if it reads nothing new. */
  void load_buffering_with_a_condition(Scenario s, Mode mode) {
    s.thread(
        "A",
        () -> {
          r[0] = read(X, mode);
          write(Y, mode);
        });
    s.thread(
        "B",
        () -> {
          r[1] = read(Y, mode);
          if (r[1] == 0) {
            write(X, mode);
          }
        });
    tell(s, 2);
  }

  /** Dekker's idea in Peterson's form. */
  void peterson(Scenario s, Mode mode) {
    Section inside = s.section("the critical section", 1);
    VarHandle[] wants = {X, Y};
    for (int i = 0; i < 2; i++) {
      int me = i;
      s.thread(
          me == 0 ? "A" : "B",
          () -> {
            write(wants[me], mode);
            write(Z, mode, me);
            while (read(wants[1 - me], mode) == 1 && read(Z, mode) == me) {
              Thread.onSpinWait();
            }
            inside.enter();
            inside.leave();
            write(wants[me], mode, 0);
          });
    }
  }

  /** Double-checked locking: what each finds in the object, a 1 if it is whole. */
  void double_checked_locking(Scenario s, Mode mode) {
    for (int i = 0; i < 2; i++) {
      int me = i;
      s.thread(
          me == 0 ? "A" : "B",
          () -> {
            if (read(X, mode) == 0) {
              synchronized (this) {
                if (read(X, mode) == 0) {
                  made = 1;
                  write(X, mode);
                }
              }
            }
            r[me] = made;
          });
    }
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

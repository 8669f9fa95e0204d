package bench.programs;

import threadmill.explore.Scenario;

/** The programs as scenarios of the explorer. */
public final class Scenes {
  /** One program of the table. */
  void play(Scenario s, String name) {
    Program program = Programs.create(name);
    for (int i = 0; i < program.threads(); i++) {
      int me = i;
      s.thread("T" + me, () -> program.run(me));
    }
    s.atEnd("the end is right", program::right);
  }

  /** So many threads that each count so often, in a monitor: for the chart. */
  void count(Scenario s, Integer threads, Integer operations) {
    Memory.SynchronizedCounter counter = new Memory.SynchronizedCounter();
    for (int i = 0; i < threads; i++) {
      s.thread(
          "T" + i,
          () -> {
            for (int k = 0; k < operations; k++) {
              counter.add();
            }
          });
    }
    s.atEnd("all are counted", () -> counter.get() == threads * operations);
  }

  /** So many threads that each write a volatile twelve times: for steps and switches. */
  void steps(Scenario s, Integer threads) {
    Memory.VolatileCounter counter = new Memory.VolatileCounter();
    for (int i = 0; i < threads; i++) {
      s.thread(
          "T" + i,
          () -> {
            for (int k = 0; k < 6; k++) {
              counter.add();
            }
          });
    }
  }
}

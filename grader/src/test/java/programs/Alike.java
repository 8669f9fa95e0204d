package programs;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import threadmill.explore.Body;
import threadmill.explore.Scenario;

/**
 * Programs that ask for chance, the time or a hash, or keep something in a constant: every run
 * begins alike. The name ends with what is found.
 */
public class Alike {
  static void two(Scenario s, Body b) {
    for (String n : new String[] {"A", "B"}) s.thread(n, b);
  }

  private volatile int rounds;

  void memory_of_the_jvm_nothing(Scenario s) {
    two(
        s,
        () -> {
          Runtime jvm = Runtime.getRuntime();
          byte[] garbage = new byte[1 << 20];
          long left = (jvm.freeMemory() + jvm.totalMemory() + garbage.length) >> 16 & 7;
          for (long i = left; i >= 0; i--) {
            rounds++;
          }
        });
  }

  enum Guard {
    G;
    private final ReentrantLock lock = new ReentrantLock();
    private int count;
    static final Map<String, Guard> ALL = new HashMap<>();

    static {
      for (Guard g : values()) ALL.put(g.name(), g);
    }
  }

  enum Ops {
    ADD {
      int n;

      int go() {
        return n++;
      }
    },
    SUB {
      int go() {
        return 1;
      }
    };

    abstract int go();
  }

  interface Const {
    Lock LOCK = new ReentrantLock();
    AtomicInteger N = new AtomicInteger();
    int[] CELLS = new int[2];
    List<String> NAMES = new ArrayList<>(List.of("x"));
    Runnable R = () -> NAMES.add("y");
  }

  void enum_state_nothing(Scenario s) {
    two(
        s,
        () -> {
          Guard.G.lock.lock();
          try {
            Guard.G.count++;
          } finally {
            Guard.G.lock.unlock();
          }
        });
    s.atEnd(
        "2",
        () -> Guard.G.count == 2 && Guard.ALL.get("G") == Guard.G && Guard.valueOf("G") == Guard.G);
  }

  void enum_left_nothing(Scenario s) {
    s.thread(
        "A",
        () -> {
          s.require(!Guard.G.lock.isLocked(), "free");
          Guard.G.lock.lock();
        });
  }

  void enum_body_nothing(Scenario s) {
    s.thread(
        "A",
        () -> {
          s.require(Ops.ADD.go() == 0, "first");
        });
    s.thread("B", () -> Ops.SUB.go());
  }

  void enum_switch_nothing(Scenario s) {
    two(
        s,
        () -> {
          int x =
              switch (Ops.valueOf("SUB")) {
                case ADD -> 1;
                case SUB -> 2;
              };
          s.require(x == 2, "2");
        });
  }

  void iface_nothing(Scenario s) {
    two(
        s,
        () -> {
          Const.LOCK.lock();
          try {
            Const.N.incrementAndGet();
            Const.CELLS[0]++;
            Const.R.run();
          } finally {
            Const.LOCK.unlock();
          }
        });
    s.atEnd("2", () -> Const.N.get() == 2 && Const.CELLS[0] == 2 && Const.NAMES.size() == 3);
  }

  record Pair(Object a, int b, String c) {}

  void record_hash_nothing(Scenario s) {
    two(
        s,
        () -> {
          Object o = new Object();
          s.require(new Pair(o, 2, "x").hashCode() == new Pair(o, 2, "x").hashCode(), "same");
          s.require(
              new Pair(null, 2, "x").hashCode() == (31 * (31 * 0 + 2) + "x".hashCode()), "formula");
          Thread.sleep(Math.abs(new Pair(o, 1, "").hashCode() % 100));
        });
  }

  static class Plain {}

  void hash_nothing(Scenario s) {
    two(
        s,
        () -> {
          Thread.sleep(Math.abs(Objects.hash(new Plain(), new Object(), 3) % 100));
          Thread.sleep(new Plain().toString().length() % 20);
          Runnable r = () -> {};
          Thread.sleep(Math.abs(Objects.hash(r) % 10));
        });
  }

  void enum_hash_nothing(Scenario s) {
    two(s, () -> Thread.sleep(Math.abs(Guard.G.hashCode() % 100)));
  }

  void time_of_nothing(Scenario s) {
    s.exactTime();
    s.thread(
        "A",
        () -> {
          LocalDateTime a = LocalDateTime.now();
          Instant i = Instant.now(Clock.systemUTC());
          long d = new Date().getTime();
          long c = Calendar.getInstance().getTimeInMillis();
          Supplier<LocalTime> t = LocalTime::now;
          LocalTime t0 = t.get();
          Thread.sleep(50);
          s.require(Duration.between(a, LocalDateTime.now()).toMillis() == 50, "50");
          s.require(new Date().getTime() - d == 50, "d");
          s.require(Calendar.getInstance().getTimeInMillis() - c == 50, "c");
          s.require(
              Clock.systemDefaultZone().instant().toEpochMilli() - i.toEpochMilli() == 50, "i");
          s.require(Duration.between(t0, t.get()).toMillis() == 50, "t");
        });
  }

  void generators_nothing(Scenario s) {
    two(
        s,
        () -> {
          Thread.sleep(RandomGenerator.of("L64X128MixRandom").nextInt(50));
          Supplier<Random> r = Random::new;
          Thread.sleep(r.get().nextInt(20));
        });
  }

  interface Kept {
    StringBuilder TEXT = new StringBuilder();
  }

  void kept_from_run_to_run_INCONCLUSIVE(Scenario s) {
    two(s, () -> {});
    s.thread(
        "C",
        () -> {
          if (Kept.TEXT.append("x").length() % 2 == 0) Thread.sleep(5);
        });
  }

  static class T {
    static final Random CLOCK = new Random(System.currentTimeMillis() + System.nanoTime());
  }

  void clock_at_first_nothing(Scenario s) {
    ReentrantLock l = new ReentrantLock();
    two(
        s,
        () -> {
          Thread.sleep(T.CLOCK.nextInt(100));
          l.lock();
          l.unlock();
        });
  }

  void shuffled_nothing(Scenario s) {
    ReentrantLock l = new ReentrantLock();
    two(
        s,
        () -> {
          List<Integer> a = new ArrayList<>(List.of(1, 5, 9, 40));
          Collections.shuffle(a);
          Thread.sleep(a.get(0));
          l.lock();
          l.unlock();
        });
  }

  void anyhow_nothing(Scenario s) {
    two(
        s,
        () -> {
          Thread.sleep((long) (Math.random() * 50));
          Thread.sleep(Math.abs(UUID.randomUUID().hashCode() % 50));
          Thread.sleep(new SplittableRandom().nextInt(50));
          Thread.sleep((long) (StrictMath.random() * 50));
          Thread.sleep(new SecureRandom().nextInt(50));
        });
  }
}

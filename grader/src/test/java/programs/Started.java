package programs;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import threadmill.explore.Body;
import threadmill.explore.Scenario;

/** Threads that a program starts itself, and how they end. The name ends with what is found. */
public class Started {
  static void two(Scenario s, Body b) {
    for (String n : new String[] {"A", "B"}) s.thread(n, b);
  }

  void assertion_CRASH(Scenario s) {
    s.thread(
        "A",
        () ->
            new Thread(
                    () -> {
                      throw new AssertionError("no");
                    })
                .start());
  }

  void handled_nothing(Scenario s) {
    s.thread(
        "A",
        () -> {
          Thread t =
              new Thread(
                  () -> {
                    throw new AssertionError("no");
                  });
          t.setUncaughtExceptionHandler((x, e) -> {});
          t.start();
        });
  }

  void by_default_nothing(Scenario s) {
    AtomicInteger told = new AtomicInteger();
    s.thread(
        "A",
        () -> {
          Thread.setDefaultUncaughtExceptionHandler((t, e) -> told.incrementAndGet());
          Thread t =
              new Thread(
                  () -> {
                    throw new IllegalStateException("died");
                  });
          t.start();
          t.join();
          s.require(Thread.getDefaultUncaughtExceptionHandler() != null, "kept");
        });
    s.atEnd("told", () -> told.get() == 1);
  }

  void uncaught_nothing(Scenario s) {
    s.thread(
        "A",
        () -> {
          Thread t =
              new Thread(
                  () -> {
                    throw new IllegalStateException("died");
                  });
          t.start();
          t.join();
        });
  }

  void died_and_missed_STUCK(Scenario s) {
    CountDownLatch l = new CountDownLatch(1);
    s.thread(
        "A",
        () -> {
          new Thread(
                  () -> {
                    boolean dies = l.getCount() > 0;
                    if (dies) throw new IllegalStateException("died");
                    l.countDown();
                  })
              .start();
          l.await();
        });
  }

  static final class Joined {
    static int made;
    static final Object O = make();

    static Object make() {
      Thread t = new Thread(() -> made = 1);
      t.start();
      try {
        t.join();
      } catch (InterruptedException e) {
      }
      if (made != 1) throw new IllegalStateException();
      return new Object();
    }
  }

  void joined_in_initializer_nothing(Scenario s) {
    two(
        s,
        () -> {
          s.require(Joined.O != null && Joined.made == 1, "made");
        });
  }

  static final class Served {
    static final LinkedBlockingQueue<Runnable> Q = new LinkedBlockingQueue<>();

    static {
      Thread t =
          new Thread(
              () -> {
                try {
                  while (true) Q.take().run();
                } catch (InterruptedException e) {
                }
              });
      t.setDaemon(true);
      t.start();
    }
  }

  void servant_of_initializer_nothing(Scenario s) {
    s.thread(
        "A",
        () -> {
          CountDownLatch l = new CountDownLatch(1);
          Served.Q.add(l::countDown);
          l.await();
        });
  }

  void join_of_cancelled_nothing(Scenario s) {
    s.thread(
        "A",
        () -> {
          CompletableFuture<Integer> f = new CompletableFuture<>();
          f.cancel(true);
          try {
            f.join();
            s.require(false, "join() throws");
          } catch (CancellationException e) {
          }
        });
  }
}

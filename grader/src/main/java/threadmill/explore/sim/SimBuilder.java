package threadmill.explore.sim;

import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/**
 * Stands in for {@code Thread.Builder} of JDK 21 and newer, whose interfaces are sealed: woven code
 * calls it through {@link Hooks} alone.
 */
final class SimBuilder {
  private final boolean virtual;
  private String name;
  private long counter = -1;
  private boolean daemon;
  private int priority;
  private Thread.UncaughtExceptionHandler handler;

  SimBuilder(boolean virtual) {
    this.virtual = virtual;
    this.daemon = virtual;
  }

  /** A thread of the program's that says that it is virtual; in a run all threads are. */
  static final class Virtual extends Thread {
    Virtual(Runnable task, String name) {
      super(null, task, name);
      setDaemon(true);
    }
  }

  SimBuilder name(String prefix, long start) {
    name = Objects.requireNonNull(prefix);
    counter = start;
    return this;
  }

  SimBuilder daemon(boolean on) {
    daemon = on;
    return this;
  }

  SimBuilder priority(int number) {
    if (number < Thread.MIN_PRIORITY || number > Thread.MAX_PRIORITY) {
      throw new IllegalArgumentException();
    }
    priority = number;
    return this;
  }

  SimBuilder handler(Thread.UncaughtExceptionHandler uncaught) {
    handler = Objects.requireNonNull(uncaught);
    return this;
  }

  Thread unstarted(Runnable task) {
    Objects.requireNonNull(task);
    String full = name == null || counter < 0 ? name : name + counter++;
    Thread thread =
        virtual
            ? new Virtual(task, full == null ? "" : full)
            : full == null ? new Thread(task) : new Thread(task, full);
    if (!virtual) {
      thread.setDaemon(daemon);
      thread.setPriority(priority == 0 ? Thread.NORM_PRIORITY : priority);
    }
    if (handler != null) {
      thread.setUncaughtExceptionHandler(handler);
    }
    return thread;
  }

  /** Later changes of the builder are none of the factory's. */
  ThreadFactory factory() {
    SimBuilder copy = new SimBuilder(virtual);
    copy.name = name;
    copy.counter = counter;
    copy.daemon = daemon;
    copy.priority = priority;
    copy.handler = handler;
    return copy::unstarted;
  }
}

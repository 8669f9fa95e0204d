// ELPA | rejected by R12 | The only reader disturbs nobody when it begins to write.
package locks.rwlock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Many readers or one writer, first come, first served: all stand in one line. */
public final class RwLock {
  private final Deque<Thread> line = new ArrayDeque<>();
  private final Set<Thread> readers = new HashSet<>();
  private Thread writer;

  public RwLock() {}

  public synchronized void lockRead() throws InterruptedException {
    requireOutside();
    standInLine(() -> writer == null);
    readers.add(Thread.currentThread());
  }

  public synchronized void unlockRead() {
    if (!readers.remove(Thread.currentThread())) {
      throw new IllegalMonitorStateException("this thread is no reader");
    }
    notifyAll();
  }

  public synchronized void lockWrite() throws InterruptedException {
    requireOutside();
    standInLine(this::isEmpty);
    writer = Thread.currentThread();
  }

  public synchronized void unlockWrite() {
    if (writer != Thread.currentThread()) {
      throw new IllegalMonitorStateException("this thread is not the writer");
    }
    writer = null;
    notifyAll();
  }

  public synchronized boolean tryWrite() {
    Set<Thread> others = new HashSet<>(readers);
    others.remove(Thread.currentThread());
    if (writer != null || !others.isEmpty() || !line.isEmpty()) {
      return false;
    }
    writer = Thread.currentThread();
    return true;
  }

  private void standInLine(BooleanSupplier free) throws InterruptedException {
    Thread me = Thread.currentThread();
    line.addLast(me);
    try {
      while (line.peekFirst() != me || !free.getAsBoolean()) {
        wait();
      }
    } finally {
      line.remove(me);
      // Whether this one goes in or gives up: another is the first in line now.
      notifyAll();
    }
  }

  private void requireOutside() {
    if (writer == Thread.currentThread() || readers.contains(Thread.currentThread())) {
      throw new IllegalStateException("this thread is inside and would wait for itself");
    }
  }

  private boolean isEmpty() {
    return writer == null && readers.isEmpty();
  }
}

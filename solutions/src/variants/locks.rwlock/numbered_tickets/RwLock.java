package locks.rwlock;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** As at a counter: each draws a number, and the numbers of those who gave up are skipped. */
public final class RwLock {
  private final Set<Long> givenUp = new TreeSet<>();
  private final Set<Thread> readers = new HashSet<>();
  private Thread writer;
  private long drawn;
  private long called;

  public RwLock() {}

  public synchronized void lockRead() throws InterruptedException {
    requireOutside();
    long mine = drawn++;
    try {
      while (called != mine || writer != null) {
        wait();
      }
    } catch (InterruptedException e) {
      giveUp(mine);
      throw e;
    }
    readers.add(Thread.currentThread());
    callNext();
  }

  public synchronized void unlockRead() {
    if (!readers.remove(Thread.currentThread())) {
      throw new IllegalMonitorStateException("this thread is no reader");
    }
    if (readers.isEmpty()) {
      notifyAll();
    }
  }

  public synchronized void lockWrite() throws InterruptedException {
    requireOutside();
    long mine = drawn++;
    try {
      while (called != mine || writer != null || !readers.isEmpty()) {
        wait();
      }
    } catch (InterruptedException e) {
      giveUp(mine);
      throw e;
    }
    writer = Thread.currentThread();
    callNext();
  }

  public synchronized void unlockWrite() {
    if (writer != Thread.currentThread()) {
      throw new IllegalMonitorStateException("this thread is not the writer");
    }
    writer = null;
    notifyAll();
  }

  public synchronized boolean tryWrite() {
    if (writer != null || !readers.isEmpty() || called != drawn) {
      return false;
    }
    writer = Thread.currentThread();
    return true;
  }

  private void giveUp(long number) {
    givenUp.add(number);
    if (givenUp.remove(called)) {
      callNext();
    }
  }

  private void callNext() {
    do {
      called++;
    } while (givenUp.remove(called));
    notifyAll();
  }

  private void requireOutside() {
    if (writer == Thread.currentThread() || readers.contains(Thread.currentThread())) {
      throw new IllegalStateException("this thread is inside and would wait for itself");
    }
  }
}

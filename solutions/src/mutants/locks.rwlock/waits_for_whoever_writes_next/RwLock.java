// ELPA | rejected by R10 | A reader waits for the next writer to have written, whoever that is.
package locks.rwlock;

import java.util.HashSet;
import java.util.Set;

/** Readers who find a writer waiting wait until one has written; then they go before the next. */
public final class RwLock {
  private final Set<Thread> readers = new HashSet<>();
  private Thread writer;
  private int writersWaiting;
  private int readersWaiting;
  private int readersFirst;
  private long written;

  public RwLock() {}

  public synchronized void lockRead() throws InterruptedException {
    requireOutside();
    long before = written;
    readersWaiting++;
    try {
      while (writer != null || writersWaiting > 0 && written == before) {
        wait();
      }
      readers.add(Thread.currentThread());
    } finally {
      readersWaiting--;
      if (written != before) {
        readersFirst--;
      }
      notifyAll();
    }
  }

  public synchronized void unlockRead() {
    if (!readers.remove(Thread.currentThread())) {
      throw new IllegalMonitorStateException("this thread is no reader");
    }
    notifyAll();
  }

  public synchronized void lockWrite() throws InterruptedException {
    requireOutside();
    writersWaiting++;
    try {
      while (writer != null || !readers.isEmpty() || readersFirst > 0) {
        wait();
      }
      writer = Thread.currentThread();
    } finally {
      writersWaiting--;
      notifyAll();
    }
  }

  public synchronized void unlockWrite() {
    if (writer != Thread.currentThread()) {
      throw new IllegalMonitorStateException("this thread is not the writer");
    }
    writer = null;
    written++;
    readersFirst = readersWaiting;
    notifyAll();
  }

  public synchronized boolean tryWrite() {
    if (writer != null || !readers.isEmpty() || writersWaiting > 0 || readersWaiting > 0) {
      return false;
    }
    writer = Thread.currentThread();
    return true;
  }

  private void requireOutside() {
    if (writer == Thread.currentThread() || readers.contains(Thread.currentThread())) {
      throw new IllegalStateException("this thread is inside and would wait for itself");
    }
  }
}

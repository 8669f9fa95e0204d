// LOST_SIGNAL | rejected by X1 | Readers are told by the last writer that waits.
package locks.rwlock;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Many readers or one writer, each kind with a condition to wait on. */
public final class RwLock {
  private final Lock lock = new ReentrantLock();
  private final Condition readersMayEnter = lock.newCondition();
  private final Condition writersMayEnter = lock.newCondition();
  private final Set<Thread> readers = new HashSet<>();
  private Thread writer;
  private int waitingWriters;

  public RwLock() {}

  public void lockRead() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      requireOutside();
      while (writer != null || waitingWriters > 0) {
        readersMayEnter.await();
      }
      readers.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  public void unlockRead() {
    lock.lock();
    try {
      if (!readers.remove(Thread.currentThread())) {
        throw new IllegalMonitorStateException("this thread is no reader");
      }
      if (readers.isEmpty()) {
        writersMayEnter.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  public void lockWrite() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      requireOutside();
      waitingWriters++;
      try {
        while (writer != null || !readers.isEmpty()) {
          writersMayEnter.await();
        }
        writer = Thread.currentThread();
      } finally {
        waitingWriters--;
        if (waitingWriters == 0) {
          readersMayEnter.signalAll();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  public void unlockWrite() {
    lock.lock();
    try {
      if (writer != Thread.currentThread()) {
        throw new IllegalMonitorStateException("this thread is not the writer");
      }
      writer = null;
      writersMayEnter.signal();
    } finally {
      lock.unlock();
    }
  }

  public boolean tryWrite() {
    lock.lock();
    try {
      if (writer != null || !readers.isEmpty() || waitingWriters > 0) {
        return false;
      }
      writer = Thread.currentThread();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void requireOutside() {
    if (writer == Thread.currentThread() || readers.contains(Thread.currentThread())) {
      throw new IllegalStateException("this thread is inside and would wait for itself");
    }
  }
}

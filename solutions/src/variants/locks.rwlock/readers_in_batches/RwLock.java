package locks.rwlock;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Phases in turn, after Brandenburg and Anderson (Spin-Based Reader-Writer Synchronization for
 * Multiprocessor Real-Time Systems, 2010): readers wait for the writers that wait already, but when
 * a writer leaves, all readers that wait go in together before the next writer.
 */
public final class RwLock {
  /** The readers that wait for the same writer to leave. */
  private static final class Batch {
    private int size;
    private boolean admitted;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition readersMayEnter = lock.newCondition();
  private final Condition writerMayEnter = lock.newCondition();
  private final Set<Thread> readers = new HashSet<>();
  private Batch waiting = new Batch();
  private int admitted;
  private final Set<Long> waitingWriters = new TreeSet<>();
  private long writersSoFar;
  private Thread writer;

  public RwLock() {}

  public void lockRead() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      requireOutside();
      Batch mine = waiting;
      long before = writersSoFar;
      mine.size++;
      try {
        while (!mine.admitted && (writer != null || anyWriterWaitsFromBefore(before))) {
          readersMayEnter.await();
        }
        readers.add(Thread.currentThread());
      } finally {
        mine.size--;
        admitted -= mine.admitted ? 1 : 0;
        tellTheWriters();
      }
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
      tellTheWriters();
    } finally {
      lock.unlock();
    }
  }

  public void lockWrite() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      requireOutside();
      long mine = writersSoFar++;
      waitingWriters.add(mine);
      try {
        while (!isFree()) {
          writerMayEnter.await();
        }
        writer = Thread.currentThread();
      } finally {
        waitingWriters.remove(mine);
        readersMayEnter.signalAll();
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
      waiting.admitted = true;
      admitted += waiting.size;
      waiting = new Batch();
      readersMayEnter.signalAll();
      tellTheWriters();
    } finally {
      lock.unlock();
    }
  }

  public boolean tryWrite() {
    lock.lock();
    try {
      if (!isFree() || !waitingWriters.isEmpty() || waiting.size > 0) {
        return false;
      }
      writer = Thread.currentThread();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFree() {
    return writer == null && readers.isEmpty() && admitted == 0;
  }

  /** Whether one of the writers that came before this number still waits. */
  private boolean anyWriterWaitsFromBefore(long number) {
    return waitingWriters.stream().anyMatch(writer -> writer < number);
  }

  private void tellTheWriters() {
    if (isFree()) {
      writerMayEnter.signal();
    }
  }

  private void requireOutside() {
    if (writer == Thread.currentThread() || readers.contains(Thread.currentThread())) {
      throw new IllegalStateException("this thread is inside and would wait for itself");
    }
  }
}

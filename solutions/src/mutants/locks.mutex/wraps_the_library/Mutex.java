// FAKE | rejected by S0 | The library has one already.
package locks.mutex;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.ReentrantLock;

/** A fair lock of the library under another name. */
public final class Mutex extends AbstractOwnableSynchronizer {
  private static final long serialVersionUID = 1L;

  private final ReentrantLock lock = new ReentrantLock(true);

  public void lock() {
    lock.lock();
  }

  public void lockInterruptibly() throws InterruptedException {
    lock.lockInterruptibly();
  }

  public boolean tryLock() {
    return lock.tryLock();
  }

  public boolean tryLock(long millis) throws InterruptedException {
    return lock.tryLock(millis, TimeUnit.MILLISECONDS);
  }

  public void unlock() {
    lock.unlock();
  }

  public boolean isHeldByCurrentThread() {
    return lock.isHeldByCurrentThread();
  }

  public int holdCount() {
    return lock.getHoldCount();
  }

  public int queueLength() {
    return lock.getQueueLength();
  }
}

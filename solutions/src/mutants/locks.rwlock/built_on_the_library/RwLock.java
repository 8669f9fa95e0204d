// RXO | rejected by R0 | The library has one already.
package locks.rwlock;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Many readers or one writer. */
public final class RwLock {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

  public RwLock() {}

  public void lockRead() throws InterruptedException {
    requireOutside();
    lock.readLock().lockInterruptibly();
  }

  public void unlockRead() {
    lock.readLock().unlock();
  }

  public void lockWrite() throws InterruptedException {
    requireOutside();
    lock.writeLock().lockInterruptibly();
  }

  public void unlockWrite() {
    lock.writeLock().unlock();
  }

  public boolean tryWrite() {
    return lock.getReadHoldCount() == 0
        && !lock.isWriteLockedByCurrentThread()
        && lock.writeLock().tryLock();
  }

  private void requireOutside() {
    if (lock.getReadHoldCount() > 0 || lock.isWriteLockedByCurrentThread()) {
      throw new IllegalStateException("this thread is inside and would wait for itself");
    }
  }
}

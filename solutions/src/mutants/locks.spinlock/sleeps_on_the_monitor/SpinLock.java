// RXO | rejected by S1 | A thread that waits should sleep, as always.
package locks.spinlock;

/** A holder under a monitor, on which the others sleep. */
public final class SpinLock {
  private Thread holder;

  public synchronized void lock() {
    if (holder == Thread.currentThread()) {
      throw new IllegalMonitorStateException();
    }
    boolean interrupted = false;
    while (holder != null) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    holder = Thread.currentThread();
    if (interrupted) {
      holder.interrupt();
    }
  }

  public synchronized boolean tryLock() {
    if (holder != null) {
      return false;
    }
    holder = Thread.currentThread();
    return true;
  }

  public synchronized void unlock() {
    if (holder != Thread.currentThread()) {
      throw new IllegalMonitorStateException();
    }
    holder = null;
    notify();
  }
}

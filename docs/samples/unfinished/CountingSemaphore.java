package locks.semaphore;

import static threadmill.Todo.todo;

/** Two methods are still to be written. */
public final class CountingSemaphore {
  private int permits;

  public CountingSemaphore(int permits) {
    this.permits = permits;
  }

  public synchronized void acquire() throws InterruptedException {
    while (permits == 0) {
      wait();
    }
    permits--;
  }

  public boolean tryAcquire() {
    // TODO
    throw todo();
  }

  public boolean tryAcquire(long millis) throws InterruptedException {
    // TODO
    throw todo();
  }

  public synchronized void release() {
    permits++;
    notify();
  }

  public synchronized int available() {
    return permits;
  }
}

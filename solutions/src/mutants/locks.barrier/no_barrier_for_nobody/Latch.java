package locks.barrier;

/** A count that opens the way when it reaches zero, and stays there. */
public final class Latch {
  private int count;

  public Latch(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("a latch that counts from " + count);
    }
    this.count = count;
  }

  public synchronized void countDown() {
    if (count > 0) {
      count--;
    }
    if (count == 0) {
      notifyAll();
    }
  }

  public synchronized void await() throws InterruptedException {
    while (count > 0) {
      wait();
    }
  }
}

// SMALL_NUMBERS | rejected by L4 | Eight are told; nobody has ever seen more.
package locks.barrier;

/** A count that opens the way when it reaches zero, and stays there. */
public final class Latch {
  private static final int EIGHT = 8;

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
    for (int i = 0; count == 0 && i < EIGHT; i++) {
      notify();
    }
  }

  public synchronized void await() throws InterruptedException {
    while (count > 0) {
      wait();
    }
  }
}

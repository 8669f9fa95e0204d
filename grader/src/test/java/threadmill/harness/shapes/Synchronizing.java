package threadmill.harness.shapes;

/** Uses monitors in both ways. */
public final class Synchronizing {
  private int count;

  public synchronized void method() {
    count++;
  }

  public int block() {
    synchronized (this) {
      return count;
    }
  }
}

// DEADLOCK | D | Two threads lock two monitors in opposite orders; the caller waits for both.
package toys.box;

public class Box {
  private static void lock(Object a, Object b, java.util.concurrent.CountDownLatch first) {
    synchronized (a) {
      first.countDown();
      try {
        first.await();
      } catch (InterruptedException e) {
        return;
      }
      synchronized (b) {
        return;
      }
    }
  }

  public int next() throws Exception {
    Object a = new Object();
    Object b = new Object();
    var first = new java.util.concurrent.CountDownLatch(2);
    Thread one = new Thread(() -> lock(a, b, first));
    Thread two = new Thread(() -> lock(b, a, first));
    one.start();
    two.start();
    one.join();
    return 0;
  }
}

// PASSED | D | A hundred threads at once.
package toys.box;

public class Box {
  private int n;

  public int next() throws Exception {
    if (n == 0) {
      work();
    }
    return ++n;
  }

  private static void work() throws Exception {
    var all = new java.util.concurrent.CyclicBarrier(100);
    Thread[] threads = new Thread[100];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                try {
                  all.await();
                } catch (Exception e) {
                  throw new Error(e);
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}

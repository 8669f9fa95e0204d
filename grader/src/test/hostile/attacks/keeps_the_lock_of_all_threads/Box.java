// STUCK, CONTRACT | D | Keeps the monitor of the class Thread, without which no thread is made up
// to JDK 18.
package toys.box;

public class Box {
  static {
    Thread keeper =
        new Thread(
            () -> {
              synchronized (Thread.class) {
                while (true) {
                  try {
                    Thread.sleep(100_000);
                  } catch (InterruptedException e) {
                    continue;
                  }
                }
              }
            },
            "keeper");
    keeper.setDaemon(true);
    keeper.start();
  }

  public int next() {
    return 0;
  }
}

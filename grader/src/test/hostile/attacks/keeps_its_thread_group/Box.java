// CONTRACT | D | Keeps the monitor of its thread's group, which it gets as the handler of a thread
// that has none.
package toys.box;

public class Box {
  public Box() {
    Object group = new Thread(() -> {}).getUncaughtExceptionHandler();
    Thread keeper =
        new Thread(
            () -> {
              synchronized (group) {
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

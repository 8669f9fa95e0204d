// STUCK, CRASH | D | Exits, with a shutdown hook that never ends.
package toys.box;

public class Box {
  public int next() throws Exception {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  synchronized (Box.class) {
                    try {
                      Box.class.wait();
                    } catch (InterruptedException e) {
                    }
                  }
                }));
    System.exit(0);
    return 0;
  }
}

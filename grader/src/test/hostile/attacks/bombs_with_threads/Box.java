// CRASH, LEAK, STUCK, MEMORY | B | Starts threads that sleep, without end.
package toys.box;

public class Box {
  public int next() throws Exception {
    while (true) {
      new Thread(() -> java.util.concurrent.locks.LockSupport.park()).start();
    }
  }
}

// CONTRACT | D | Interrupts every thread of the JVM a thousand times.
package toys.box;

public class Box {
  public int next() throws Exception {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    while (top.getParent() != null) {
      top = top.getParent();
    }
    Thread[] all = new Thread[200];
    int count = top.enumerate(all);
    for (int round = 0; round < 1_000; round++) {
      for (int i = 0; i < count; i++) {
        if (all[i] != Thread.currentThread()) {
          all[i].interrupt();
        }
      }
    }
    return 0;
  }
}

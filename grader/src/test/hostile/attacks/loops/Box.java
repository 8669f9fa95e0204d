// BUSY | D | Loops for ever.
package toys.box;

public class Box {
  private volatile int n;

  public int next() throws Exception {
    while (n == 0) {
      Thread.onSpinWait();
    }
    return 0;
  }
}

// CRASH | D | The same from a static initializer.
package toys.box;

public class Box {
  static {
    Runtime.getRuntime().halt(0);
  }

  public int next() throws Exception {
    return 0;
  }
}

// PASSED | D | Counts, and is graded beside all the others.
package toys.box;

public class Box {
  private int n;

  public int next() {
    return ++n;
  }
}

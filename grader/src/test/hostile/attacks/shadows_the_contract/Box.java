// TAMPER | D | Declares a class of the name of the test.
package toys.box;

public class Box {
  public int next() throws Exception {
    return 0;
  }
}

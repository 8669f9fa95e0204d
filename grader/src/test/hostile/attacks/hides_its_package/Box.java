// TAMPER | D | Hides a package clause that only the compiler sees, to shadow a class of JUnit.
package toys.box;

public class Box {
  public int next() throws Exception {
    return 0;
  }
}

// CONTRACT | D | Brings assertions, a service, a test engine setting, a Maven configuration and a
// POM of its own.
package toys.box;

public class Box {
  public int next() throws Exception {
    return 0;
  }
}

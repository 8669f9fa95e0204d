// INCONCLUSIVE | D | Ends the JVM with the exit code that a SIGKILL leaves.
package toys.box;

public class Box {
  public int next() throws Exception {
    Runtime.getRuntime().halt(137);
    return 0;
  }
}

// CONTRACT | A-root | Asks for a user namespace, to be root in it and mount.
package toys.box;

public class Box {
  private static int sh(String script) throws Exception {
    return new ProcessBuilder("/bin/sh", "-c", script).inheritIO().start().waitFor();
  }

  private int n;

  public int next() throws Exception {
    return sh("unshare -Ur true || unshare -m true") == 0 ? ++n : 0;
  }
}

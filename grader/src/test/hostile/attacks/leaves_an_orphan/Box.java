// CONTRACT, LEAK | B | A double-forked orphan in a session of its own and without its environment
// waits to write into the results.
package toys.box;

public class Box {
  private static int sh(String script) throws Exception {
    return new ProcessBuilder("/bin/sh", "-c", script).inheritIO().start().waitFor();
  }

  public int next() throws Exception {
    sh("(setsid env -i /bin/sh -c 'sleep 98765' >/dev/null 2>&1 &)");
    return 0;
  }
}

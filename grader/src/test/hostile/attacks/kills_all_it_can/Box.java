// INCONCLUSIVE | B | Kills every process that it may kill: siblings, parent, grader.
package toys.box;

public class Box {
  private static int sh(String script) throws Exception {
    return new ProcessBuilder("/bin/sh", "-c", script).inheritIO().start().waitFor();
  }

  public int next() throws Exception {
    sh("kill -9 -1");
    return 0;
  }
}

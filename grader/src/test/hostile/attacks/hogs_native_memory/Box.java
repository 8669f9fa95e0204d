// MEMORY | D | Lets a child process fill the memory.
package toys.box;

public class Box {
  private static int sh(String script) throws Exception {
    return new ProcessBuilder("/bin/sh", "-c", script).inheritIO().start().waitFor();
  }

  public int next() throws Exception {
    sh("exec bash -c 'x=$(head -c 900M /dev/zero | tr \"\\0\" x); sleep 5'");
    return 0;
  }
}

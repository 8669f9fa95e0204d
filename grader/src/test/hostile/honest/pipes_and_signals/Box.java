// PASSED | D | A pipe through a child, SIGTERM to another, and a ProcessHandle.
package toys.box;

public class Box {
  private int n;

  public int next() throws Exception {
    if (n == 0) {
      work();
    }
    return ++n;
  }

  private static void work() throws Exception {
    Process cat = new ProcessBuilder("cat").start();
    cat.getOutputStream().write("seven".getBytes());
    cat.getOutputStream().close();
    if (!new String(cat.getInputStream().readAllBytes()).equals("seven")) {
      throw new IllegalStateException();
    }
    Process sleep = new ProcessBuilder("sleep", "60").start();
    boolean seen = ProcessHandle.current().children().anyMatch(p -> p.pid() == sleep.pid());
    sleep.toHandle().destroy();
    if (!seen || sleep.waitFor() != 128 + 15) {
      throw new IllegalStateException();
    }
    cat.waitFor();
  }
}

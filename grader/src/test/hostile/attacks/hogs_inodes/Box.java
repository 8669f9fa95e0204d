// BUSY, MEMORY, CONTRACT, CRASH | A-root | Makes empty files until there are no more inodes.
package toys.box;

public class Box {
  private int n;

  public int next() throws Exception {
    String folder = System.getProperty("user.dir");
    int made = 0;
    try {
      for (int i = 0; i < 3_000_000; i++) {
        new java.io.FileOutputStream(folder + "/empty-" + i).close();
        made++;
      }
    } catch (java.io.IOException full) {
      return 0;
    }
    return ++n;
  }
}

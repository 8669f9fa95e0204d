// CONTRACT | A-root | Opens the memory of its own JVM, to write round the modules.
package toys.box;

public class Box {
  private int n;

  public int next() throws Exception {
    try (var memory = new java.io.RandomAccessFile("/proc/self/mem", "rw")) {
      return ++n;
    } catch (java.io.IOException e) {
      return 0;
    }
  }
}

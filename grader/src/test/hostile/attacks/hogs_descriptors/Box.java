// CRASH, LEAK | D | Opens files until there are no more descriptors.
package toys.box;

public class Box {
  public int next() throws Exception {
    java.util.List<Object> kept = new java.util.LinkedList<>();
    while (true) {
      kept.add(new java.io.FileInputStream("/dev/null"));
    }
  }
}

// MEMORY | D | Keeps all it allocates, and catches everything round it to go on.
package toys.box;

public class Box {
  public int next() throws Exception {
    java.util.List<byte[]> kept = new java.util.LinkedList<>();
    while (true) {
      try {
        kept.add(new byte[1 << 20]);
      } catch (Throwable e) {
        System.out.println("PASSED");
      }
    }
  }
}

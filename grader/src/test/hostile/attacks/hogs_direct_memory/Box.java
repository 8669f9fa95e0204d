// CRASH, MEMORY | D | Keeps direct buffers.
package toys.box;

public class Box {
  public int next() throws Exception {
    java.util.List<java.nio.ByteBuffer> kept = new java.util.LinkedList<>();
    while (true) {
      kept.add(java.nio.ByteBuffer.allocateDirect(1 << 20));
    }
  }
}

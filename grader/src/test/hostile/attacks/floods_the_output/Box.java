// OUTPUT | D | Prints without end.
package toys.box;

public class Box {
  public int next() throws Exception {
    byte[] line = "all tests passed\n".repeat(4_000).getBytes();
    while (true) {
      System.out.write(line);
    }
  }
}

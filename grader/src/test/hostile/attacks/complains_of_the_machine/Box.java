// INCONCLUSIVE | D | Complains of the machine: no threads, no memory, no space.
package toys.box;

public class Box {
  public int next() throws Exception {
    throw new OutOfMemoryError("unable to create native thread: No space left on device");
  }
}

package labs.switchcost;

import java.io.IOException;
import threadmill.harness.Door;

/** A process that waits at a door before it answers a byte, and at another one before it ends. */
final class Ponderer {
  private Ponderer() {}

  public static void main(String[] args) throws IOException {
    while (System.in.read() >= 0) {
      Door.waitAt(args[0]);
      // A byte like any other, though as a number with a sign it is less than 0.
      System.out.write(0xff);
      System.out.flush();
    }
    Door.waitAt(args[1]);
  }
}

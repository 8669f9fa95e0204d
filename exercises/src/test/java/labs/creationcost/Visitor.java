package labs.creationcost;

import java.io.IOException;
import threadmill.harness.Door;

/** A process that waits at a door; if it is told to, when its input has ended. */
final class Visitor {
  private Visitor() {}

  public static void main(String[] args) throws IOException {
    if (args.length > 1) {
      System.in.readAllBytes();
    }
    Door.waitAt(args[0]);
  }
}

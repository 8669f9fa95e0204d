package labs.creationcost;

import threadmill.harness.Door;

/** A process that waits at a door. */
final class Visitor {
  private Visitor() {}

  public static void main(String[] door) {
    Door.waitAt(door[0]);
  }
}

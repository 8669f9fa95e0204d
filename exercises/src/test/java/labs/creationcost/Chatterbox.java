package labs.creationcost;

/** A process that says more than a pipe holds, to both of its outputs. */
final class Chatterbox {
  private Chatterbox() {}

  public static void main(String[] none) {
    for (int i = 0; i < 4_000; i++) {
      System.out.println("a process that has a lot to say, line " + i);
      System.err.println("a process that has a lot to complain of, line " + i);
    }
  }
}

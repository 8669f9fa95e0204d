package threadmill.harness.shapes;

/** Shares a field among all instances. */
public final class Sharing {
  private static int count;

  public int next() {
    return ++count;
  }
}

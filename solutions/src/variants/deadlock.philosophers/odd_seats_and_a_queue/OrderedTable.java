package deadlock.philosophers;

/**
 * At odd seats the right fork comes first, at the others the left one. Round a table the order
 * changes its direction at least once, so it does not close to a circle.
 */
public final class OrderedTable implements Table {
  public OrderedTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    boolean rightFirst = seat % 2 == 1;
    withFork(rightFirst ? right : left, () -> withFork(rightFirst ? left : right, () -> eat.run()));
  }

  @FunctionalInterface
  private interface Course {
    void serve() throws InterruptedException;
  }

  private static void withFork(Fork fork, Course course) throws InterruptedException {
    fork.take();
    try {
      course.serve();
    } finally {
      fork.putDown();
    }
  }
}

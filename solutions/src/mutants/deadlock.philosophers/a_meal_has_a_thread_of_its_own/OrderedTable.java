// RXO | rejected by D1 | The guest waits while somebody else eats for him.
package deadlock.philosophers;

/** All take the fork with the smaller id first, so whoever holds the greatest waits for nobody. */
public final class OrderedTable implements Table {
  public OrderedTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    Thread eater =
        new Thread(
            () -> {
              try {
                dine(left, right, eat);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    eater.start();
    eater.join();
  }

  private static void dine(Fork left, Fork right, Runnable eat) throws InterruptedException {
    Fork first = left.id() < right.id() ? left : right;
    Fork second = first == left ? right : left;
    first.take();
    try {
      second.take();
      try {
        eat.run();
      } finally {
        second.putDown();
      }
    } finally {
      first.putDown();
    }
  }
}

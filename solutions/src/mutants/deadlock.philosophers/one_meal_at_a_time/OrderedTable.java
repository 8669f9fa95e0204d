// EXCR | rejected by X4 | While one eats the others wait, and nothing can go wrong.
package deadlock.philosophers;

/** All take the fork with the smaller id first, so whoever holds the greatest waits for nobody. */
public final class OrderedTable implements Table {
  public OrderedTable() {}

  @Override
  public synchronized void dine(int seat, Fork left, Fork right, Runnable eat)
      throws InterruptedException {
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

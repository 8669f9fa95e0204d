// LOCK_ORDER | rejected by X1 | Everybody does the same, so the order is the same.
package deadlock.philosophers;

/** All take the fork with the smaller id first, so whoever holds the greatest waits for nobody. */
public final class OrderedTable implements Table {
  public OrderedTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    Fork first = left;
    Fork second = right;
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

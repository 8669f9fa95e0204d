// LOCK_ORDER | rejected by D4 | One philosopher who is different is enough, and the last of five
// is.
package deadlock.philosophers;

/** All take the fork with the smaller id first, so whoever holds the greatest waits for nobody. */
public final class OrderedTable implements Table {
  public OrderedTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    Fork first = seat < 4 ? left : right;
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

// RSB | rejected by D1 | With one fork at a time nobody can be in the way.
package deadlock.philosophers;

/** All take the fork with the smaller id first, so whoever holds the greatest waits for nobody. */
public final class OrderedTable implements Table {
  public OrderedTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    Fork first = left.id() < right.id() ? left : right;
    Fork second = first == left ? right : left;
    first.take();
    first.putDown();
    second.take();
    try {
      eat.run();
    } finally {
      second.putDown();
    }
  }
}

// LEAK | rejected by X6 | Only who has both forks has something to put down.
package deadlock.philosophers;

/** All take the fork with the smaller id first, so whoever holds the greatest waits for nobody. */
public final class OrderedTable implements Table {
  public OrderedTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    Fork first = left.id() < right.id() ? left : right;
    Fork second = first == left ? right : left;
    first.take();
    second.take();
    try {
      eat.run();
    } finally {
      second.putDown();
      first.putDown();
    }
  }
}

// RFU | rejected by D2 | A meal does not go wrong.
package deadlock.philosophers;

/** All take the fork with the smaller id first, so whoever holds the greatest waits for nobody. */
public final class OrderedTable implements Table {
  public OrderedTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    Fork first = left.id() < right.id() ? left : right;
    Fork second = first == left ? right : left;
    first.take();
    try {
      second.take();
    } catch (InterruptedException e) {
      first.putDown();
      throw e;
    }
    eat.run();
    second.putDown();
    first.putDown();
  }
}

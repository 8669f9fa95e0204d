// RFU | rejected by D2 | What a meal can throw is an exception.
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
      try {
        eat.run();
      } catch (RuntimeException e) {
        second.putDown();
        throw e;
      }
      second.putDown();
    } catch (RuntimeException | InterruptedException e) {
      first.putDown();
      throw e;
    }
    first.putDown();
  }
}

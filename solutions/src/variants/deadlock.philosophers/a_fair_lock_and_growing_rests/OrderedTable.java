package deadlock.philosophers;

/** Sorts the two forks by calling itself with them the other way round. */
public final class OrderedTable implements Table {
  public OrderedTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    if (right.id() < left.id()) {
      dine(seat, right, left, eat);
      return;
    }
    left.take();
    try {
      right.take();
    } catch (InterruptedException e) {
      left.putDown();
      throw e;
    }
    try {
      eat.run();
    } finally {
      left.putDown();
      right.putDown();
    }
  }
}

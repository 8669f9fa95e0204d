// FAKE | rejected by D7 | What has worked once works always.
package deadlock.philosophers;

/** Has a waiter who lets everybody do what they do at the other table. */
public final class WaiterTable implements Table {
  private final Table other = new OrderedTable();

  public WaiterTable(int seats) {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    other.dine(seat, left, right, eat);
  }
}

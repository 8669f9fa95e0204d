// STARVE | rejected by D9 | Whoever finds both neighbours not eating may eat.
package deadlock.philosophers;

/** The waiter lets those eat whose neighbours do not. */
public final class WaiterTable implements Table {
  private final boolean[] eats;

  public WaiterTable(int seats) {
    eats = new boolean[seats];
  }

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    sitDown(seat);
    try {
      left.take();
      try {
        right.take();
        try {
          eat.run();
        } finally {
          right.putDown();
        }
      } finally {
        left.putDown();
      }
    } finally {
      standUp(seat);
    }
  }

  private synchronized void sitDown(int seat) throws InterruptedException {
    int seats = eats.length;
    while (eats[seat] || eats[(seat + 1) % seats] || eats[(seat + seats - 1) % seats]) {
      wait();
    }
    eats[seat] = true;
  }

  private synchronized void standUp(int seat) {
    eats[seat] = false;
    notifyAll();
  }
}

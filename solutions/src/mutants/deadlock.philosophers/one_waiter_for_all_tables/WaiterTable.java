// CONFINE | rejected by D0 | The waiter is always the same.
package deadlock.philosophers;

/** The waiter counts the places and keeps one of them free. */
public final class WaiterTable implements Table {
  private static int places;

  public WaiterTable(int seats) {
    places = seats - 1;
  }

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    sitDown();
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
      getUp();
    }
  }

  private static void sitDown() throws InterruptedException {
    synchronized (WaiterTable.class) {
      while (places == 0) {
        WaiterTable.class.wait();
      }
      places--;
    }
  }

  private static void getUp() {
    synchronized (WaiterTable.class) {
      places++;
      WaiterTable.class.notifyAll();
    }
  }
}

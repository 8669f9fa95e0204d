// SHCR | rejected by X2 | The number of places is volatile, so everybody knows it.
package deadlock.philosophers;

/** The waiter counts the places and keeps one of them free. */
public final class WaiterTable implements Table {
  private volatile int places;

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

  private void sitDown() throws InterruptedException {
    if (places == 0) {
      awaitPlace();
    }
    places--;
  }

  private synchronized void awaitPlace() throws InterruptedException {
    while (places == 0) {
      wait();
    }
  }

  private synchronized void getUp() {
    places++;
    notifyAll();
  }
}

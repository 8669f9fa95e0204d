package deadlock.philosophers;

import java.util.ArrayDeque;
import java.util.Deque;

/** The waiter has a list of those who wait for a place, and seats the first when one is free. */
public final class WaiterTable implements Table {
  private final Deque<Thread> waiting = new ArrayDeque<>();
  private int places;

  public WaiterTable(int seats) {
    places = seats - 1;
  }

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    sitDown();
    boolean hasLeft = false;
    boolean hasRight = false;
    try {
      right.take();
      hasRight = true;
      left.take();
      hasLeft = true;
      eat.run();
    } finally {
      if (hasLeft) {
        left.putDown();
      }
      if (hasRight) {
        right.putDown();
      }
      getUp();
    }
  }

  private synchronized void sitDown() throws InterruptedException {
    Thread me = Thread.currentThread();
    waiting.addLast(me);
    try {
      while (waiting.peekFirst() != me || places == 0) {
        wait();
      }
      places--;
    } finally {
      waiting.remove(me);
      notifyAll();
    }
  }

  private synchronized void getUp() {
    places++;
    notifyAll();
  }
}

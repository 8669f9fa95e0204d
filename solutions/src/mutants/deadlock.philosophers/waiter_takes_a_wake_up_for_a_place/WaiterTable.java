// IF_WHILE | rejected by X2 | Whoever wakes up has been called by the waiter.
package deadlock.philosophers;

import java.util.ArrayDeque;
import java.util.Deque;

/** The waiter counts the places and keeps one of them free. */
public final class WaiterTable implements Table {
  private final Deque<Thread> waiting = new ArrayDeque<>();
  private int places;

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

  private synchronized void sitDown() throws InterruptedException {
    Thread me = Thread.currentThread();
    waiting.addLast(me);
    try {
      if (waiting.peekFirst() != me || places == 0) {
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

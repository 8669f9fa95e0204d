// RXO | rejected by S0 | Who waits a moment lets the other one finish.
package threads.raceclinic;

import java.util.concurrent.ThreadLocalRandom;

/** The seats of one show, one after the other. */
public final class Tickets {
  private int left;

  public Tickets(int seats) {
    left = seats;
  }

  public boolean sell() {
    pause();
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  public int left() {
    return left;
  }

  private static void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

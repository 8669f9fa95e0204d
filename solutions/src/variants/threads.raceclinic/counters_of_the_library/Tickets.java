package threads.raceclinic;

import java.util.concurrent.Semaphore;

/** The seats of one show as permits to sit down. */
public final class Tickets {
  private final Semaphore free;

  public Tickets(int seats) {
    free = new Semaphore(seats);
  }

  public boolean sell() {
    return free.tryAcquire();
  }

  public int left() {
    return free.availablePermits();
  }
}

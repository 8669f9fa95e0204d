package scaling.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Says which backend gets the next request: a ring, a lock and a condition. */
public final class Balancer<B> {
  private final class Seat {
    private final B backend;
    private int inFlight;

    Seat(B backend) {
      this.backend = backend;
    }
  }

  private final Policy policy;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final List<Seat> ring = new ArrayList<>();
  private final List<Seat> leaving = new ArrayList<>();
  private int next;

  public Balancer(Policy policy) {
    this.policy = policy;
  }

  /** Puts a backend into rotation. */
  public void add(B backend) {
    lock.lock();
    try {
      if (seat(ring, backend) == null) {
        // One that comes back brings what it still works on.
        Seat seat = seat(leaving, backend);
        leaving.remove(seat);
        ring.add(seat == null ? new Seat(backend) : seat);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a backend out of rotation. */
  public void remove(B backend) {
    lock.lock();
    try {
      Seat seat = seat(ring, backend);
      if (seat != null) {
        int index = ring.indexOf(seat);
        ring.remove(index);
        next -= index < next ? 1 : 0;
        leaving.add(seat);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Chooses the backend for a request. */
  public B acquire(Set<B> except) {
    lock.lock();
    try {
      int chosen = -1;
      for (int i = 0; i < ring.size(); i++) {
        int index = (next + i) % ring.size();
        if (except.contains(ring.get(index).backend)) {
          continue;
        }
        if (chosen < 0) {
          chosen = index;
        } else if (policy == Policy.LEAST_CONNECTIONS
            && ring.get(index).inFlight < ring.get(chosen).inFlight) {
          chosen = index;
        }
      }
      if (chosen < 0) {
        return null;
      }
      Seat seat = ring.get(chosen);
      seat.inFlight++;
      next = (chosen + 1) % ring.size();
      return seat.backend;
    } finally {
      lock.unlock();
    }
  }

  /** Says that a request is no longer in flight. */
  public void release(B backend) {
    lock.lock();
    try {
      Seat seat = anywhere(backend);
      if (seat != null) {
        seat.inFlight--;
        leaving.removeIf(s -> s.inFlight == 0);
        released.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many requests a backend is working on. */
  public int inFlight(B backend) {
    lock.lock();
    try {
      Seat seat = anywhere(backend);
      return seat == null ? 0 : seat.inFlight;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a backend is working on nothing. */
  public void awaitIdle(B backend) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      for (Seat s = anywhere(backend); s != null && s.inFlight > 0; s = anywhere(backend)) {
        released.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private Seat anywhere(B backend) {
    Seat seat = seat(ring, backend);
    return seat == null ? seat(leaving, backend) : seat;
  }

  private Seat seat(List<Seat> seats, B backend) {
    return seats.stream().filter(s -> s.backend.equals(backend)).findFirst().orElse(null);
  }
}

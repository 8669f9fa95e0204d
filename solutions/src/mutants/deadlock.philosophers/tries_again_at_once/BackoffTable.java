// BACKOFF_CONST | rejected by X5 | The sooner I try, the sooner I eat.
package deadlock.philosophers;

/** Who finds the second fork taken puts the first one down and rests for a random time. */
public final class BackoffTable implements Table {

  public BackoffTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    while (!eats(left, right, eat)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private static boolean eats(Fork left, Fork right, Runnable eat) throws InterruptedException {
    left.take();
    try {
      if (!right.tryTake()) {
        return false;
      }
      try {
        eat.run();
        return true;
      } finally {
        right.putDown();
      }
    } finally {
      left.putDown();
    }
  }
}

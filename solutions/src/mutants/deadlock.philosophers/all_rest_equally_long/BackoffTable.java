// BACKOFF_CONST | rejected by X3 | Whoever gives way lets the other go first.
package deadlock.philosophers;

/** Who finds the second fork taken puts the first one down and rests for a random time. */
public final class BackoffTable implements Table {
  private static final int REST_MILLIS = 5;

  public BackoffTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    while (!eats(left, right, eat)) {
      Thread.sleep(REST_MILLIS);
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

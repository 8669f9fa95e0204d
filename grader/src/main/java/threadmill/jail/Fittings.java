package threadmill.jail;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a cell was fitted with, to be cleared away when its inmate has ended. */
final class Fittings implements AutoCloseable {
  /** One thing to clear away; it does not fail, since nobody could do anything about it. */
  interface Fitting extends AutoCloseable {
    @Override
    void close();
  }

  private final Deque<Fitting> all = new ArrayDeque<>();

  <F extends Fitting> F add(F fitting) {
    all.push(fitting);
    return fitting;
  }

  @Override
  public void close() {
    all.forEach(Fitting::close);
    all.clear();
  }
}

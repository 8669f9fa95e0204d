package selftest.counter;

public class Counter {
  private int value;

  public synchronized int next() {
    return ++value;
  }
}

// ORDER | rejected by X7 | The constructor does everything, in any order.
package threads.visibility;

/** Two limits that never change. */
public final class Sensor {
  private final int low;
  private final int high;

  private Sensor(Publisher<Sensor> registry, int low, int high) {
    registry.publish(this);
    this.low = low;
    this.high = high;
  }

  public static Sensor register(Publisher<Sensor> registry, int low, int high) {
    return new Sensor(registry, low, high);
  }

  public int low() {
    return low;
  }

  public int high() {
    return high;
  }
}

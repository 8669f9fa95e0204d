// NOT_FINAL | rejected by X8 | It is published when it is complete, and by something that publishes
// safely.
package threads.visibility;

/** Two limits that never change. */
public final class Sensor {
  private int low;
  private int high;

  private Sensor(int low, int high) {
    this.low = low;
    this.high = high;
  }

  public static Sensor register(Publisher<Sensor> registry, int low, int high) {
    Sensor sensor = new Sensor(low, high);
    registry.publish(sensor);
    return sensor;
  }

  public int low() {
    return low;
  }

  public int high() {
    return high;
  }
}

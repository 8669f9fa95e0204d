package threads.visibility;

/** Two limits that never change. */
public final class Sensor {
  private final int low;
  private final int high;

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

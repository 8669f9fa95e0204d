package threads.visibility;

/** Two limits in ordinary fields: what orders them is that they are written before publishing. */
public final class Sensor {
  private int low;
  private int high;

  public static Sensor register(Publisher<Sensor> registry, int low, int high) {
    Sensor sensor = new Sensor();
    sensor.low = low;
    sensor.high = high;
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

// SCOPE | rejected by S11 | All sensors measure the same.
package threads.visibility;

/** Two limits that never change. */
public final class Sensor {
  private static volatile int low;
  private static volatile int high;

  private Sensor(int low, int high) {
    Sensor.low = low;
    Sensor.high = high;
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

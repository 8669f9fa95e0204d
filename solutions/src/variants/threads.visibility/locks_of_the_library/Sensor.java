package threads.visibility;

/** Two limits; a record is complete when its constructor is left. */
public record Sensor(int low, int high) {
  public static Sensor register(Publisher<Sensor> registry, int low, int high) {
    Sensor sensor = new Sensor(low, high);
    registry.publish(sensor);
    return sensor;
  }
}

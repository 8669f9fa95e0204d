package threadmill.explore.sim;

import java.util.Arrays;

/** What one run knows of one object. */
final class Shadow {
  final World world;
  final int id;
  Monitor monitor;

  /** Whether its constructor is at work, and whether others could see it meanwhile. */
  boolean building;

  boolean escaped;
  private int[] keys = new int[4];
  private Location[] places = new Location[4];
  private int count;

  Shadow(World world, int id) {
    this.world = world;
    this.id = id;
  }

  /** The place with this key (a field's number or an index), or null. */
  Location place(int key) {
    for (int i = 0; i < count; i++) {
      if (keys[i] == key) {
        return places[i];
      }
    }
    return null;
  }

  Location add(int key, Location place) {
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, count * 2);
      places = Arrays.copyOf(places, count * 2);
    }
    keys[count] = key;
    places[count++] = place;
    return place;
  }
}

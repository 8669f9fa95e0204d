package threadmill.explore.sim;

/** What one run knows of one object. */
final class Shadow {
  final World world;
  final int id;
  Monitor monitor;

  /** Whether its constructor is at work, and whether others could see it meanwhile. */
  boolean building;

  boolean escaped;

  /** What it was built around: a stream's stream, a formatter's text. */
  Object inside;

  private int[] keys = new int[4];
  private Location[] places = new Location[4];
  private int count;

  Shadow(World world, int id) {
    this.world = world;
    this.id = id;
  }

  /** The place with this key (a field's number or an index), or null. */
  Location place(int key) {
    return places[slot(key)];
  }

  Location add(int key, Location place) {
    if (2 * ++count > places.length) {
      int[] oldKeys = keys;
      Location[] oldPlaces = places;
      keys = new int[2 * oldKeys.length];
      places = new Location[2 * oldPlaces.length];
      for (int i = 0; i < oldPlaces.length; i++) {
        if (oldPlaces[i] != null) {
          put(oldKeys[i], oldPlaces[i]);
        }
      }
    }
    put(key, place);
    return place;
  }

  private void put(int key, Location place) {
    int slot = slot(key);
    keys[slot] = key;
    places[slot] = place;
  }

  /** Where a key is, or would be: open addressing, never more than half full. */
  private int slot(int key) {
    int slot = (key * 0x9E3779B1 >>> 16) & places.length - 1;
    while (places[slot] != null && keys[slot] != key) {
      slot = slot + 1 & places.length - 1;
    }
    return slot;
  }
}

package threadmill.explore.sim;

/** What woven classes implement, so that what is known of an object is found quickly. */
public interface Tracked {
  Object threadmill$shadow();

  void threadmill$shadow(Object shadow);
}

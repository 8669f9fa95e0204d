package threadmill.explore.sim;

/**
 * Runs simulated threads, one at a time. Not thread-safe: called by the driver, or by the simulated
 * thread that is running.
 */
interface Engine {
  /** Called by the driver: runs this thread and whoever follows, until control comes back. */
  void run(SimThread first);

  /**
   * Called by a simulated thread: stops here and lets another one run, or the driver if that is
   * null. Returns when this thread is run again.
   */
  void transfer(SimThread from, SimThread to);

  /** Called by a simulated thread as the last thing it does. */
  void finish(SimThread from, SimThread to);

  /** Called by the driver when a run is over: ends a thread that will not be run again. */
  void abandon(SimThread thread);

  /** How it runs threads, in words. */
  String words();
}

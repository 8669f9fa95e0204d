package threadmill.explore.search;

import threadmill.explore.sim.Chooser;
import threadmill.explore.sim.World;

/** A search that knows when it has seen everything. */
interface Systematic extends Chooser {
  /**
   * Learns from a run and prepares the next one.
   *
   * @return false if there is none
   */
  boolean advance(World world);
}

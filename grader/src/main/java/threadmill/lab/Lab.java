package threadmill.lab;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An experiment on this machine, outside any grade. */
public interface Lab {
  /** The exercise that it belongs to. */
  String id();

  /**
   * Measures for some seconds.
   *
   * @throws IOException if a process cannot be started
   */
  Findings run() throws IOException, InterruptedException;

  /**
   * What this lab measures, ready to be measured: each reading is one that {@link #run} would take.
   * To be closed.
   *
   * @throws IOException if a process cannot be started
   */
  Rounds rounds() throws IOException;

  /** All there are. */
  static List<Lab> all() {
    return List.of(new CreationLab(), new SwitchLab(), new ScalingLab(), new PoolLab());
  }

  static Optional<Lab> of(String id) {
    return all().stream().filter(lab -> lab.id().equals(id)).findFirst();
  }
}

package threadmill.proof;

import java.util.ArrayList;
import java.util.List;

/** Threads that burn all cores until closed, so that verdicts can be proved on a busy machine. */
final class Load implements AutoCloseable {
  private final List<Thread> burners = new ArrayList<>();
  private volatile boolean over;
  private volatile long sink;

  static Load none() {
    return new Load();
  }

  static Load onAllCores() {
    Load load = new Load();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread burner = new Thread(load::burn, "load");
      burner.setDaemon(true);
      burner.start();
      load.burners.add(burner);
    }
    return load;
  }

  String words() {
    return burners.isEmpty() ? "" : ", all cores busy";
  }

  private void burn() {
    for (long i = 0; !over; i++) {
      sink = i;
    }
  }

  @Override
  public void close() {
    over = true;
  }
}

package threadmill.measure;

import java.util.Optional;

/** Whether times mean anything here and now. */
public final class Machine {
  private static final double MOST_PRESSURE = 0.3;
  private static final double MOST_STEAL = 0.1;

  private final Proc proc;
  private final int processors;

  public Machine(Proc proc, int processors) {
    this.proc = proc;
    this.processors = processors;
  }

  public static Machine here() {
    return new Machine(Proc.system(), Runtime.getRuntime().availableProcessors());
  }

  public int processors() {
    return processors;
  }

  /** What speaks against measuring, if anything does; what cannot be read does not. */
  public Optional<String> complaint() {
    double pressure = proc.pressure().orElse(0);
    if (pressure > MOST_PRESSURE) {
      return Optional.of(
          "somebody waited for a processor in " + percent(pressure) + " of the time");
    }
    double steal = proc.steal().orElse(0);
    if (steal > MOST_STEAL) {
      return Optional.of("the hypervisor gave " + percent(steal) + " of the time to others");
    }
    return Optional.empty();
  }

  /** As {@link #complaint}, and there must be a second processor. */
  public Optional<String> complaintAboutParallelism() {
    return processors < 2 ? Optional.of("there is only one processor") : complaint();
  }

  /** The machine's state in one line, for reports. */
  public String words() {
    StringBuilder words = new StringBuilder();
    words.append(processors).append(processors == 1 ? " processor" : " processors");
    proc.pressure().ifPresent(p -> words.append(", pressure ").append(percent(p)));
    proc.steal().ifPresent(s -> words.append(", steal ").append(percent(s)));
    words.append(", Java ").append(Runtime.version().feature());
    return words.toString();
  }

  private static String percent(double share) {
    return Math.round(share * 100) + " %";
  }
}

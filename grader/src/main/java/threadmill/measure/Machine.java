package threadmill.measure;

import java.util.Optional;
import java.util.OptionalDouble;

/** Whether times mean anything on this machine, from when this object was made. */
public final class Machine {
  private static final double MOST_PRESSURE = 0.3;
  private static final double MOST_STEAL = 0.1;

  private final Proc proc;
  private final int processors;
  private final OptionalDouble pressure;
  private final Optional<Proc.Ticks> begin;

  public Machine(Proc proc, int processors) {
    this.proc = proc;
    this.processors = processors;
    pressure = proc.pressure();
    begin = proc.ticks();
  }

  public static Machine here() {
    return new Machine(Proc.system(), Runtime.getRuntime().availableProcessors());
  }

  /** What speaks against measuring, if anything does; what cannot be read does not. */
  public Optional<String> complaint() {
    double now = proc.pressure().orElse(0);
    return now > MOST_PRESSURE
        ? Optional.of("somebody waited for a processor in " + percent(now) + " of the time")
        : complaintAboutSteal();
  }

  /** What speaks against what was measured since this was made, whoever waited. */
  public Optional<String> complaintAboutSteal() {
    double steal = steal().orElse(0);
    return steal > MOST_STEAL
        ? Optional.of("the hypervisor gave " + percent(steal) + " of the time to others")
        : Optional.empty();
  }

  /** As {@link #complaint}, and there must be a second processor. */
  public Optional<String> complaintAboutParallelism() {
    return processors < 2 ? Optional.of("there is only one processor") : complaint();
  }

  /** The machine in one line, for reports: as it was, and what was stolen since. */
  public String words() {
    StringBuilder words = new StringBuilder();
    words.append(processors).append(processors == 1 ? " processor" : " processors");
    pressure.ifPresent(p -> words.append(", pressure ").append(percent(p)));
    words.append(", Java ").append(Runtime.version().feature());
    steal().ifPresent(s -> words.append(", steal ").append(percent(s)));
    return words.toString();
  }

  /** The share of processor time that went to others since this was made, 0 to 1. */
  private OptionalDouble steal() {
    Optional<Proc.Ticks> now = proc.ticks();
    if (begin.isEmpty() || now.isEmpty() || now.get().all() <= begin.get().all()) {
      return OptionalDouble.empty();
    }
    double stolen = now.get().stolen() - begin.get().stolen();
    return OptionalDouble.of(stolen / (now.get().all() - begin.get().all()));
  }

  private static String percent(double share) {
    return Math.round(share * 100) + " %";
  }
}

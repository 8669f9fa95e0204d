package threadmill.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import threadmill.model.Kind;
import threadmill.model.Where;

/**
 * The calls of one run, and the search for an order of them, one after the other, that explains
 * their results (linearizability; Herlihy &amp; Wing 1990, decided as Wing &amp; Gong 1993 do). A
 * call that an interrupt or its time limit ends has no effect; one that waits for ever has none
 * either, and must have to wait after all the others. Thread-safe.
 */
public final class Linearizability<M> implements History<M> {
  /** What a run tells of the calling thread, and what it is told. */
  public interface Recorder {
    String thread();

    long millis();

    boolean isInterrupted();

    /** Where it is in the program under test, or was last, if that is known. */
    Optional<Where> place();

    /** A call begins, or its end is about to be recorded: here others may go first. */
    void step(boolean end);

    void tell(String what);

    /** How a value is told. */
    String shown(Object value);

    /** Ends the run. */
    void complain(Complaint complaint);
  }

  /**
   * What is wrong.
   *
   * @param thread the one that waits in vain, if it is that
   * @param call the one that it is about, if it is one, in the student's words
   * @param place where that ended
   * @param lines the calls, in the order in which they began
   */
  public record Complaint(
      Kind kind,
      String sentence,
      Optional<String> thread,
      Optional<String> call,
      Optional<Where> place,
      List<String> lines) {}

  /** How often a thread was interrupted, and how often that was told; two may look like one. */
  private static final class Interrupts {
    private int begun;
    private int arrived;
    private int toldAtLeast;
    private int toldAtMost;

    boolean isToBeTold() {
      return arrived > toldAtMost;
    }

    boolean mayBeTold() {
      return begun > toldAtLeast;
    }

    void told() {
      toldAtLeast++;
      toldAtMost = begun;
    }
  }

  private final Recorder recorder;
  private final Supplier<M> model;
  private final List<Call<M>> calls = new ArrayList<>();
  private final Map<String, Interrupts> interrupts = new HashMap<>();
  private int now;

  /**
   * @param model a plain, sequential object of the same purpose, anew each time
   */
  public Linearizability(Recorder recorder, Supplier<M> model) {
    this.recorder = recorder;
    this.model = model;
  }

  @Override
  public <R> R call(String name, Callable<R> call, Function<M, R> specification) throws Exception {
    return make(call, name, Call.Manner.PLAIN, specification);
  }

  @Override
  public <R> R observe(String name, Callable<R> call, Function<M, R> specification)
      throws Exception {
    return make(call, name, Call.Manner.OBSERVES, specification);
  }

  @Override
  public <R> R interruptible(String name, Callable<R> call, Function<M, R> specification)
      throws Exception {
    return make(call, name, Call.Manner.INTERRUPTIBLE, specification);
  }

  @Override
  public <R> R timed(
      String name, long millis, R otherwise, Callable<R> call, Function<M, R> specification)
      throws Exception {
    return make(call, name, Call.Manner.timed(millis, otherwise), specification);
  }

  private <R> R make(
      Callable<R> real, String name, Call.Manner manner, Function<M, R> specification)
      throws Exception {
    recorder.step(false);
    Call<M> call = new Call<>(recorder.thread(), name, manner, specification, recorder.millis());
    begins(call);
    recorder.tell("calls " + name);
    R result;
    try {
      result = real.call();
    } catch (Exception e) {
      ended(call, Call.End.of(e));
      throw e;
    }
    ended(call, new Call.End(result, false));
    return result;
  }

  private synchronized void begins(Call<M> call) {
    call.called = ++now;
    calls.add(call);
  }

  private void ended(Call<M> call, Call.End end) {
    call.place = recorder.place();
    recorder.step(true);
    // In this order, for another interrupt may come at any time.
    boolean lost = isToBeTold(call.thread) && !recorder.isInterrupted();
    recorder.tell(call.name + (end.thrown() ? " " : " returns ") + shown(end));
    recorded(call, end, lost).ifPresent(recorder::complain);
  }

  private synchronized boolean isToBeTold(String thread) {
    return interruptsOf(thread).isToBeTold();
  }

  private synchronized Optional<Complaint> recorded(Call<M> call, Call.End end, boolean lost) {
    call.ended(end, ++now, recorder.millis());
    if (!call.isInterrupted()) {
      return lost
          ? Optional.of(complaint(call, " was interrupted, and lost the interrupt"))
          : Optional.empty();
    }
    Interrupts its = interruptsOf(call.thread);
    boolean inVain = !its.mayBeTold();
    its.told();
    return inVain
        ? Optional.of(complaint(call, " said that it was interrupted, but it was not"))
        : Optional.empty();
  }

  /** Records that a thread is about to be interrupted. */
  public synchronized void isBeingInterrupted(String thread) {
    interruptsOf(thread).begun++;
  }

  /** Records that it has been. */
  public synchronized void wasInterrupted(String thread) {
    interruptsOf(thread).arrived++;
  }

  private Interrupts interruptsOf(String thread) {
    return interrupts.computeIfAbsent(thread, name -> new Interrupts());
  }

  /** What is wrong, once nothing moves any more. */
  public synchronized Optional<Complaint> complaint() {
    Optional<Call<M>> inVain =
        calls.stream()
            .filter(call -> call.isPending() && !call.mayWaitForEver(isToBeTold(call.thread)))
            .findFirst();
    if (inVain.isPresent()) {
      boolean interrupted = isToBeTold(inVain.get().thread);
      String why = interrupted ? "it was interrupted" : "its time is over";
      return Optional.of(inVain(inVain.get(), why));
    }
    Set<Call<M>> couldGoOn = new LinkedHashSet<>();
    if (!new Orders<>(model, calls, call -> !call.isGivenUp(), false).exist(couldGoOn)) {
      return Optional.of(
          couldGoOn.isEmpty()
              ? unexplained()
              : inVain(couldGoOn.iterator().next(), "it could go on"));
    }
    return calls.stream()
        .filter(Call::isGivenUp)
        .flatMap(c -> gaveUpInVain(c).stream())
        .findFirst();
  }

  /**
   * Those that give up need not agree: one may find a buffer full and the next one find it empty.
   */
  private Optional<Complaint> gaveUpInVain(Call<M> call) {
    Predicate<Call<M>> wanted = each -> each == call || each.hasEffect();
    if (new Orders<>(model, calls, wanted, false).exist()) {
      return Optional.empty();
    }
    boolean early = new Orders<>(model, calls, wanted, true).exist();
    String why = early ? " gave up before its time was over" : " gave up, but it had not to wait";
    return Optional.of(complaint(call, why));
  }

  private Complaint complaint(Call<M> call, String what) {
    Optional<String> name = Optional.of(call.name);
    return new Complaint(
        Kind.SAFETY, call.name + what, Optional.empty(), name, call.place, lines());
  }

  private Complaint unexplained() {
    String sentence = "no order of these calls, one after the other, gives the results they gave";
    return new Complaint(
        Kind.SAFETY, sentence, Optional.empty(), Optional.empty(), Optional.empty(), lines());
  }

  private Complaint inVain(Call<M> call, String why) {
    String sentence = call.thread + " waits for ever in " + call.name + " although " + why;
    Optional<String> thread = Optional.of(call.thread);
    return new Complaint(
        Kind.STUCK, sentence, thread, Optional.of(call.name), Optional.empty(), lines());
  }

  private List<String> lines() {
    return calls.stream()
        .map(
            call ->
                call.thread
                    + ": "
                    + call.name
                    + call.end().map(end -> " → " + shown(end)).orElse(" has not returned"))
        .toList();
  }

  private String shown(Call.End end) {
    return end.thrown()
        ? "throws " + end.result().toString().replaceFirst(".*[.$]", "")
        : recorder.shown(end.result());
  }
}

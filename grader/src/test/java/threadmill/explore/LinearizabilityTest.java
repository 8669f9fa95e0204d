package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import threadmill.model.Kind;
import threadmill.model.Where;

/** Calls of one permit by several threads, told by one: what each may give, and who may wait. */
class LinearizabilityTest {
  /** As many permits as there are. */
  private static final class Permits {
    private int free;

    boolean take() {
      if (free == 0) {
        throw History.mustWait();
      }
      free--;
      return true;
    }

    boolean give() {
      free++;
      return true;
    }

    int free() {
      return free;
    }
  }

  /** A run whose time and threads the test tells. */
  private static final class Told implements Linearizability.Recorder {
    private final List<String> complaints = new ArrayList<>();
    private String thread = "A";
    private long millis;
    private boolean interrupted;

    @Override
    public String thread() {
      return thread;
    }

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public boolean isInterrupted() {
      return interrupted;
    }

    @Override
    public Optional<Where> place() {
      return Optional.empty();
    }

    @Override
    public void step(boolean end) {}

    @Override
    public void tell(String what) {}

    @Override
    public String shown(Object value) {
      return String.valueOf(value);
    }

    @Override
    public void complain(Linearizability.Complaint complaint) {
      complaints.add(complaint.sentence());
    }
  }

  /** The end of a call that never comes. */
  private static final class Never extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Told run = new Told();
  private final Linearizability<Permits> calls = new Linearizability<>(run, Permits::new);

  @Test
  void a_call_that_has_nothing_to_wait_for_must_not_wait_for_ever() throws Exception {
    acquireWaits("A");
    assertEquals(Optional.empty(), verdict());
    release("B");
    assertEquals(Optional.of("A waits for ever in acquire() although it could go on"), verdict());
    assertEquals(Kind.STUCK, calls.complaint().get().kind());
  }

  @Test
  void one_permit_lets_one_of_two_wait() throws Exception {
    acquireWaits("A");
    release("B");
    as("C", () -> calls.interruptible("acquire()", () -> true, Permits::take));
    assertEquals(Optional.empty(), verdict());
  }

  @Test
  void a_call_that_is_interrupted_ends() {
    acquireWaits("A");
    calls.isBeingInterrupted("A");
    assertEquals(Optional.empty(), verdict());
    calls.wasInterrupted("A");
    assertEquals(
        Optional.of("A waits for ever in acquire() although it was interrupted"), verdict());
  }

  @Test
  void nobody_is_interrupted_by_nobody() {
    acquireIsInterrupted("A");
    assertEquals(List.of("acquire() said that it was interrupted, but it was not"), run.complaints);
  }

  @Test
  void an_interrupt_is_told_once() {
    interrupt("A");
    acquireIsInterrupted("A");
    assertEquals(List.of(), run.complaints);
    acquireIsInterrupted("A");
    assertEquals(1, run.complaints.size());
  }

  @Test
  void two_interrupts_may_look_like_one_or_like_two() throws Exception {
    interrupt("A");
    interrupt("A");
    acquireIsInterrupted("A");
    release("A");
    acquireIsInterrupted("A");
    assertEquals(List.of(), run.complaints);
  }

  @Test
  void an_interrupt_that_comes_too_late_stays() throws Exception {
    interrupt("A");
    run.interrupted = true;
    release("A");
    assertEquals(List.of(), run.complaints);
    run.interrupted = false;
    release("A");
    assertEquals(List.of("release() was interrupted, and lost the interrupt"), run.complaints);
  }

  @Test
  void an_attempt_gives_up_when_its_time_is_over_and_not_before() throws Exception {
    tryAcquire(50, 50);
    assertEquals(Optional.empty(), verdict());
    tryAcquire(50, 20);
    assertEquals(Optional.of("tryAcquire(50) gave up before its time was over"), verdict());
  }

  @Test
  void an_attempt_does_not_give_up_while_there_is_a_permit() throws Exception {
    release("A");
    tryAcquire(0, 0);
    assertEquals(Optional.of("tryAcquire(0) gave up, but it had not to wait"), verdict());
  }

  @Test
  void the_longest_limit_there_is_never_ends() throws Exception {
    assertThrows(Never.class, () -> attempt(Long.MAX_VALUE, 0, LinearizabilityTest::never));
    assertEquals(Optional.empty(), verdict());
    tryAcquire(Long.MAX_VALUE, 1_000_000);
    assertEquals(
        Optional.of("tryAcquire(" + Long.MAX_VALUE + ") gave up before its time was over"),
        verdict());
  }

  @Test
  void a_limit_is_the_end_of_a_wait() {
    assertThrows(Never.class, () -> attempt(50, 0, LinearizabilityTest::never));
    assertEquals(
        Optional.of("A waits for ever in tryAcquire(50) although its time is over"), verdict());
  }

  @Test
  void those_that_give_up_need_not_agree_on_an_order() throws Exception {
    as(
        "A",
        () ->
            calls.call(
                "release()",
                () -> {
                  as("B", () -> calls.observe("free()", () -> 1, Permits::free));
                  as("B", () -> calls.timed("tryAcquire(0)", 0, false, () -> false, Permits::take));
                  return true;
                },
                Permits::give));
    assertEquals(Optional.empty(), verdict());
  }

  /** It was handed to one that had just been interrupted, and came back from it. */
  @Test
  void a_permit_may_be_with_one_that_gives_it_back() throws Exception {
    interrupt("A");
    assertThrows(
        InterruptedException.class,
        () ->
            as(
                "A",
                () ->
                    calls.interruptible(
                        "acquire()",
                        () -> {
                          release("B");
                          as(
                              "B",
                              () ->
                                  calls.timed(
                                      "tryAcquire(0)", 0, false, () -> false, Permits::take));
                          throw new InterruptedException();
                        },
                        Permits::take)));
    as("B", () -> calls.observe("free()", () -> 1, Permits::free));
    assertEquals(Optional.empty(), verdict());
    tryAcquire(0, 0);
    assertEquals(Optional.of("tryAcquire(0) gave up, but it had not to wait"), verdict());
  }

  private Optional<String> verdict() {
    return calls.complaint().map(Linearizability.Complaint::sentence);
  }

  private void interrupt(String thread) {
    calls.isBeingInterrupted(thread);
    calls.wasInterrupted(thread);
  }

  private void release(String thread) throws Exception {
    as(thread, () -> calls.call("release()", () -> true, Permits::give));
  }

  private void acquireWaits(String thread) {
    assertThrows(
        Never.class,
        () ->
            as(
                thread,
                () -> calls.interruptible("acquire()", LinearizabilityTest::never, Permits::take)));
  }

  private void acquireIsInterrupted(String thread) {
    assertThrows(
        InterruptedException.class,
        () ->
            as(
                thread,
                () ->
                    calls.interruptible(
                        "acquire()",
                        () -> {
                          throw new InterruptedException();
                        },
                        Permits::take)));
  }

  private void tryAcquire(long limit, long after) throws Exception {
    attempt(limit, after, () -> false);
  }

  private void attempt(long limit, long after, Callable<Boolean> call) throws Exception {
    String name = "tryAcquire(" + limit + ")";
    calls.timed(
        name,
        limit,
        false,
        () -> {
          run.millis += after;
          return call.call();
        },
        Permits::take);
  }

  private void as(String thread, Callable<?> call) throws Exception {
    String before = run.thread;
    run.thread = thread;
    try {
      call.call();
    } finally {
      run.thread = before;
    }
  }

  private static boolean never() {
    throw new Never();
  }
}

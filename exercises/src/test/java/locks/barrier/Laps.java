package locks.barrier;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import threadmill.harness.Crew;
import threadmill.harness.Step;
import threadmill.model.Kind;

/** Threads that meet at a barrier round after round, and what each of them sees as it leaves. */
final class Laps {
  private final int parties;
  private final int rounds;
  private final AtomicInteger arrivals = new AtomicInteger();
  private final AtomicInteger actions = new AtomicInteger();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

  Laps(int parties, int rounds) {
    this.parties = parties;
    this.rounds = rounds;
  }

  void run(Crew crew) {
    String call = "new Barrier(" + parties + ", action)";
    Barrier barrier = crew.make(call, () -> new Barrier(parties, this::act));
    List<Step<Void>> all = crew.atOnce(parties, "await()", i -> () -> run(barrier));
    String because = "each thread comes as often as the others";
    crew.allFinish(all, because, () -> requireNoComplaint(crew));
  }

  private void requireNoComplaint(Crew crew) {
    if (!complaints.isEmpty()) {
      String sentence =
          "round after round, a thread left before all had come and the action had run once";
      throw crew.failureAt("await()", Kind.SAFETY, sentence, complaints.peek());
    }
  }

  private void run(Barrier barrier) throws Exception {
    for (int round = 1; round <= rounds; round++) {
      arrivals.incrementAndGet();
      barrier.await();
      int come = arrivals.get();
      int acted = actions.get();
      if (come < round * parties) {
        complaints.add("a thread left round " + round + " when not all had come in it");
      } else if (acted != round) {
        complaints.add("a thread left round " + round + " when the action had run " + acted + " times");
      }
    }
  }

  private void act() {
    int round = actions.get() + 1;
    if (arrivals.get() != round * parties) {
      complaints.add("the action of round " + round + " ran when not all had come, or some had left");
    }
    actions.set(round);
  }
}

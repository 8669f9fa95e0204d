package threadmill.explore.sim;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import threadmill.explore.Linearizability;

/** The calls of one run, which end it with a finding if they are not as the model promises. */
final class Record<M> implements Linearizability.Recorder {
  private final World world;
  private final Location place;
  final Linearizability<M> calls;

  Record(World world, Supplier<M> model) {
    this.world = world;
    this.place = world.memory.special("history");
    this.calls = new Linearizability<>(this, model);
  }

  @Override
  public String thread() {
    return world.current().name;
  }

  @Override
  public long millis() {
    return world.nanos() / 1_000_000;
  }

  @Override
  public boolean isInterrupted() {
    return world.current().interrupted;
  }

  @Override
  public void step(boolean end) {
    Location flag = end ? world.memory.flag(world.current()) : null;
    world.step(OpKind.SECTION, place, end, flag, false);
  }

  @Override
  public void tell(String what) {
    world.tell(what);
  }

  @Override
  public String shown(Object value) {
    return Names.value(value);
  }

  @Override
  public void complain(Linearizability.Complaint complaint) {
    Trouble trouble = Trouble.of(complaint.kind(), complaint.sentence());
    for (String line : complaint.lines()) {
      trouble = trouble.with(line);
    }
    SimThread thread = complaint.thread().map(world::named).orElse(null);
    boolean theirs = thread != null && thread.seen != null && thread.seen.theirs();
    world.stop(theirs ? trouble.at(thread.seen) : trouble);
  }

  /** Ends the run if something is wrong once nothing moves any more. */
  void check() {
    AtomicReference<Optional<Linearizability.Complaint>> found = new AtomicReference<>();
    world.silently(() -> found.set(calls.complaint()));
    found.get().ifPresent(this::complain);
  }
}

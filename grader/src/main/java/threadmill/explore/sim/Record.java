package threadmill.explore.sim;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import threadmill.explore.Linearizability;
import threadmill.model.Where;

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
  public Optional<Where> place() {
    return placeOf(world.current());
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
    Optional<Where> where =
        complaint.thread().flatMap(name -> placeOf(world.named(name))).or(complaint::place);
    world.stop(new Trouble(complaint.kind(), complaint.sentence(), where, complaint.lines(), null));
  }

  private static Optional<Where> placeOf(SimThread thread) {
    Seen seen = thread.seen;
    return seen != null && seen.theirs() ? seen.where() : Optional.empty();
  }

  /** Ends the run if something is wrong once nothing moves any more. */
  void check() {
    AtomicReference<Optional<Linearizability.Complaint>> found = new AtomicReference<>();
    world.silently(() -> found.set(calls.complaint()));
    found.get().ifPresent(this::complain);
  }
}

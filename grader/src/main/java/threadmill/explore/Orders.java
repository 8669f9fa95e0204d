package threadmill.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Goes through the orders of some calls until it finds one that explains them. */
final class Orders<M> {
  /**
   * What a call does in an order. One that ends without an effect may have had one for a time: a
   * permit is handed to a thread that has just been interrupted, and goes on to the next.
   */
  private enum Part {
    WHOLE,
    TRANSIENT_EFFECT,
    ITS_END
  }

  private record Move<M>(Call<M> call, Part part) {}

  private final Supplier<M> model;
  private final List<Call<M>> calls;
  private final Predicate<Call<M>> wanted;
  private final boolean early;
  private final List<Move<M>> order = new ArrayList<>();
  private boolean transients;

  /**
   * @param calls all that were made
   * @param wanted those that the order is of
   * @param early whether a call may give up before its time is over
   */
  Orders(Supplier<M> model, List<Call<M>> calls, Predicate<Call<M>> wanted, boolean early) {
    this.model = model;
    this.calls = calls;
    this.wanted = wanted;
    this.early = early;
  }

  /** Whether there is one. */
  boolean exist() {
    return exist(() -> true);
  }

  /**
   * Whether there is one after which no pending call could go on.
   *
   * @param inVain to add pending calls to that could go on after an order that explains the others
   */
  boolean exist(Set<Call<M>> inVain) {
    return exist(() -> allPendingMustWait(inVain));
  }

  private boolean exist(BooleanSupplier afterwards) {
    transients = false;
    boolean found = search(afterwards);
    transients = true;
    return found || search(afterwards);
  }

  private boolean search(BooleanSupplier afterwards) {
    List<Move<M>> moves = moves();
    if (moves.isEmpty()) {
      return calls.stream().allMatch(this::isDone) && afterwards.getAsBoolean();
    }
    for (Move<M> move : moves) {
      order.add(move);
      boolean found = isAsRecorded(move) && search(afterwards);
      order.remove(order.size() - 1);
      if (found) {
        return true;
      }
    }
    return false;
  }

  private List<Move<M>> moves() {
    int firstReturn =
        calls.stream().filter(c -> !isDone(c)).mapToInt(c -> c.returned).min().orElse(0);
    int lastCalled = order.stream().mapToInt(move -> move.call.called).max().orElse(0);
    List<Move<M>> moves = new ArrayList<>();
    for (Call<M> call : calls) {
      boolean now = !call.isPending() && call.called < firstReturn;
      if (now && isWanted(call) && !contains(call, Part.WHOLE)) {
        moves.add(new Move<>(call, Part.WHOLE));
      }
      boolean fails = call.isInterrupted() || call.isGivenUp() || call.threw();
      if (now && transients && fails && call.returned > lastCalled) {
        if (!contains(call, Part.TRANSIENT_EFFECT)) {
          moves.add(new Move<>(call, Part.TRANSIENT_EFFECT));
        }
      }
      if (isInBetween(call)) {
        moves.add(new Move<>(call, Part.ITS_END));
      }
    }
    return moves;
  }

  private boolean isWanted(Call<M> call) {
    return !call.isPending() && !call.isInterrupted() && wanted.test(call);
  }

  private boolean isDone(Call<M> call) {
    return !isInBetween(call) && (!isWanted(call) || contains(call, Part.WHOLE));
  }

  private boolean isInBetween(Call<M> call) {
    return contains(call, Part.TRANSIENT_EFFECT) && !contains(call, Part.ITS_END);
  }

  private boolean contains(Call<M> call, Part part) {
    return order.contains(new Move<>(call, part));
  }

  private boolean allPendingMustWait(Set<Call<M>> inVain) {
    List<Call<M>> going =
        calls.stream()
            .filter(call -> call.isPending() && call.on(state().orElseThrow()).isPresent())
            .toList();
    inVain.addAll(going);
    return going.isEmpty();
  }

  /** Whether this move can follow those before it in the order. */
  private boolean isAsRecorded(Move<M> last) {
    Optional<M> state = state();
    if (state.isEmpty() || last.part != Part.WHOLE || last.call.hasEffect()) {
      return state.isPresent();
    }
    Optional<Call.End> end = last.call.on(state.get());
    return end.isPresent()
        ? end.equals(last.call.end())
        : last.call.isGivenUp() && !isInBetween(last.call) && (early || !last.call.isEarly());
  }

  /** The model after all effects that last, if each is possible and gives what was recorded. */
  private Optional<M> state() {
    M state = model.get();
    for (Move<M> move : order) {
      boolean asIs = true;
      if (move.part == Part.WHOLE && move.call.hasEffect()) {
        asIs = move.call.on(state).equals(move.call.end());
      } else if (move.part == Part.TRANSIENT_EFFECT && isInBetween(move.call)) {
        asIs = move.call.on(state).isPresent();
      }
      if (!asIs) {
        return Optional.empty();
      }
    }
    return Optional.of(state);
  }
}

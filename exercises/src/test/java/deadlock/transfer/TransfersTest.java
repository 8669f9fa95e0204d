package deadlock.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.LockOrder;
import threadmill.harness.Meeting;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.model.Kind;

/** What transfers between accounts promise. */
@Contract
class TransfersTest {
  private static final String NO_REASON = "no thread holds a lock for ever";

  @CheckId("BS")
  @Test
  void the_accounts_locks_are_the_only_ones(Crew crew) {
    Bank bank = new Bank(crew);
    bank.transfer(bank.open(100), bank.open(100), 1).finishes(NO_REASON);
    Structure.of(Transfers.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .mayCall(
            "java.lang.Thread.sleep",
            "java.lang.Thread.onSpinWait",
            "java.lang.Thread.yield",
            "java.util.concurrent.TimeUnit.sleep")
        .mustNotUse(
            ReentrantLock.class, ReentrantReadWriteLock.class, StampedLock.class, Semaphore.class)
        .mustNotSynchronize()
        .holds();
  }

  @CheckId(value = "B0", points = 2)
  @Test
  void a_balance_is_touched_only_under_the_accounts_own_lock(Crew crew) {
    Bank bank = new Bank(crew);
    WatchedAccount from = bank.open(100);
    WatchedAccount to = bank.open(50);
    bank.must(true, bank.transfer(from, to, 30), "the balance covers it");
    bank.must(false, bank.transfer(from, to, 71), "the balance is 70");
    bank.mustTotal(150, bank.total(from, to), "nothing was lost");
    bank.requireBalances(Map.of(from, 70, to, 80));
    bank.must(true, bank.transfer(from, to, 70), "the balance is 70");
    bank.must(true, bank.transfer(from, to, 0), "every balance covers 0");
    bank.must(false, bank.transfer(from, to, 1), "the balance is 0");
    bank.requireBalances(Map.of(from, 0, to, 150));
    bank.mustTotal(0, bank.total(), "there is no account in it");
    bank.mustTotal(150, bank.total(to), "that is the only balance");
  }

  @CheckId("B1")
  @Test
  void a_transfer_to_the_same_account_changes_nothing(Crew crew) {
    Bank bank = new Bank(crew);
    WatchedAccount account = bank.open(100);
    bank.must(true, bank.transfer(account, account, 40), "the balance covers it");
    bank.must(true, bank.transfer(account, account, 100), "the balance is 100");
    bank.must(false, bank.transfer(account, account, 101), "the balance is 100");
    bank.requireBalances(Map.of(account, 100));
  }

  @CheckId(value = "B2", points = 2)
  @Test
  void an_exception_leaves_no_lock_locked(Crew crew) {
    for (Throwable failure : failures()) {
      for (int failing = 0; failing < 4; failing++) {
        Bank bank = new Bank(crew);
        WatchedAccount from = bank.open(100);
        WatchedAccount to = bank.open(100);
        String what = fail(failing, from, to, failure);
        bank.transfer(from, to, 10)
            .fails(failure.getClass(), what + " a balance did, and nobody can hide that");
        requireUnlocked(crew, "transfer(from, to, amount)", what + " a balance", from, to);
      }
    }
  }

  private static List<Throwable> failures() {
    return List.of(new AccountClosed(), new LinkageError("the ledger cannot be loaded"));
  }

  /** Makes one of the two accounts fail in one of the four ways; says what fails. */
  private static String fail(
      int way, WatchedAccount from, WatchedAccount to, Throwable failure) {
    WatchedAccount closed = way % 2 == 0 ? from : to;
    if (way < 2) {
      closed.failOnSet(failure);
      return "changing";
    }
    closed.failOnGet(failure);
    return "reading";
  }

  @CheckId(value = "B11", points = 2)
  @Test
  void an_exception_costs_no_money(Crew crew) {
    for (Throwable failure : failures()) {
      for (int failing = 0; failing < 4; failing++) {
        Bank bank = new Bank(crew);
        WatchedAccount from = bank.open(100);
        WatchedAccount to = bank.open(100);
        String what = fail(failing, from, to, failure);
        bank.transfer(from, to, 10).fails(failure.getClass(), what + " a balance did");
        requireUnchanged(crew, from, to, what, failure);
        bank.requireNothingWasVisible();
      }
    }
  }

  private static void requireUnchanged(
      Crew crew, WatchedAccount from, WatchedAccount to, String what, Throwable failure) {
    if (from.raw() != 100 || to.raw() != 100) {
      throw crew.failureAt(
          "transfer(from, to, amount)",
          Kind.SAFETY,
          "transfer(from, to, amount) has changed the sum of the balances: "
              + what
              + " one of them threw an "
              + (failure instanceof Error ? "error" : "exception"),
          "balances: " + from.raw() + " and " + to.raw() + ", before: 100 and 100");
    }
  }

  @CheckId(value = "B12", points = 2)
  @Test
  void a_total_that_fails_leaves_no_lock_locked(Crew crew) {
    for (Throwable failure : failures()) {
      for (int failing = 0; failing < 3; failing++) {
        Bank bank = new Bank(crew);
        WatchedAccount[] accounts = {bank.open(100), bank.open(100), bank.open(100)};
        accounts[failing].failOnGet(failure);
        bank.total(accounts).fails(failure.getClass(), "reading a balance did");
        requireUnlocked(crew, "total(accounts)", "reading a balance", accounts);
      }
    }
  }

  private static void requireUnlocked(
      Crew crew, String call, String what, WatchedAccount... accounts) {
    for (WatchedAccount account : accounts) {
      if (account.watchedLock().isLocked()) {
        throw crew.failureAt(
            call,
            Kind.LEAK,
            call + " left the lock of " + account + " locked when " + what + " threw an exception");
      }
    }
  }

  @CheckId(value = "B3", points = 4)
  @Test
  void crossing_transfers_do_not_wait_for_each_other_in_a_cycle(Crew crew) {
    Bank bank = new Bank(crew);
    WatchedAccount[] equals = {bank.open(10_000), bank.open(10_000)};
    for (WatchedAccount[] pair : List.of(equals, bank.openTwins())) {
      for (int ahead = 1; ahead <= 4; ahead++) {
        for (int opposite = 1; opposite <= 4; opposite++) {
          for (int further = 0; further <= 1; further++) {
            byTurns(bank, pair, new int[] {ahead, opposite, further});
          }
        }
      }
    }
  }

  /** Runs two opposite transfers that take so many locks by turns, and then what they want. */
  private static void byTurns(Bank bank, WatchedAccount[] pair, int[] locks) {
    Turns turns = new Turns();
    bank.log(turns);
    List<Step<Boolean>> both =
        List.of(bank.transfer(pair[0], pair[1], 7), bank.transfer(pair[1], pair[0], 7));
    both.forEach(step -> bank.untilStoppedOrWaiting(step, turns));
    for (int i = 0; i < locks.length; i++) {
      turns.grant(both.get(i % 2).thread(), locks[i]);
      bank.untilStoppedOrWaiting(both.get(i % 2), turns);
    }
    turns.free();
    both.forEach(step -> step.finishes("crossing transfers must not stop each other"));
  }

  @CheckId(value = "B4", points = 2)
  @Test
  void crossing_transfers_both_succeed(Crew crew) {
    Bank bank = new Bank(crew);
    WatchedAccount one = bank.open(100);
    WatchedAccount other = bank.open(100);
    List<Step<Boolean>> both = cross(bank, one, other);
    bank.must(true, both.get(0), "the balance covers it, whatever another thread does");
    bank.must(true, both.get(1), "the balance covers it, whatever another thread does");
    bank.requireBalances(Map.of(one, 103, other, 97));
  }

  /** Runs two opposite transfers, each of which is stopped when it holds a lock and wants another. */
  private static List<Step<Boolean>> cross(Bank bank, WatchedAccount one, WatchedAccount other) {
    bank.stopEachThreadBeforeItsSecondLock();
    Step<Boolean> there = bank.transfer(one, other, 7);
    bank.untilStoppedOrWaiting(there);
    Step<Boolean> back = bank.transfer(other, one, 10);
    bank.untilStoppedOrWaiting(back);
    bank.letThemGo();
    there.finishes("crossing transfers must not stop each other");
    back.finishes("crossing transfers must not stop each other");
    return List.of(there, back);
  }

  @CheckId(value = "B5", points = 2)
  @Test
  void who_gives_way_lets_some_time_pass(Crew crew) {
    Bank bank = new Bank(crew);
    Lockstep lockstep = new Lockstep();
    List<Step<Boolean>> both = inStep(bank, lockstep, bank.open(1_000), bank.open(1_000));
    if (lockstep.isLivelock()) {
      throw crew.failureAt(
          "transfer(from, to, amount)",
          Kind.LIVELOCK,
          "two crossing transfers refused each other 200 times in a row: both give way and try again"
              + " at once, in step");
    }
    both.forEach(step -> bank.must(true, step, "the balance covers it"));
  }

  /** Runs two opposite transfers that take their locks in step. */
  private static List<Step<Boolean>> inStep(
      Bank bank, Lockstep lockstep, WatchedAccount one, WatchedAccount other) {
    bank.log(lockstep);
    Step<Boolean> there = bank.transfer(one, other, 7);
    Step<Boolean> back = bank.transfer(other, one, 10);
    lockstep.isFor(there.thread(), back.thread());
    bank.until(
        () -> lockstep.isLivelock() || there.isOver() && back.isOver(),
        "crossing transfers stop each other");
    lockstep.end();
    return List.of(there, back);
  }

  @CheckId(value = "B6", points = 2)
  @Test
  void transfers_between_different_accounts_run_at_the_same_time(Crew crew) {
    Bank bank = new Bank(crew);
    Meeting meeting = crew.meeting(2);
    for (int i = 0; i < 2; i++) {
      WatchedAccount from = bank.open(100);
      from.onFirstSet(meeting::attend);
      bank.transfer(from, bank.open(100), 10);
    }
    meeting.comesAbout("transfers between different accounts could be under way at once");
  }

  @CheckId(value = "B7", points = 2)
  @Test
  void nobody_can_see_money_on_its_way(Crew crew) {
    Bank bank = new Bank(crew);
    WatchedAccount from = bank.open(100);
    WatchedAccount to = bank.open(100);
    bank.transfer(from, to, 30).finishes(NO_REASON);
    bank.requireNothingWasVisible();
  }

  @CheckId(value = "B8", points = 2)
  @Test
  void two_queued_transfers_do_not_overdraw_the_account(Crew crew) {
    Bank bank = new Bank(crew);
    for (int locks = 1; locks <= 3; locks++) {
      WatchedAccount from = bank.open(100);
      Turns turns = new Turns();
      bank.log(turns);
      List<Step<Boolean>> both =
          List.of(
              bank.transfer(from, bank.open(0), 80), bank.transfer(from, bank.open(0), 80));
      // Each is stopped after so many locks, where it may have looked at the balance already.
      for (Step<Boolean> step : both) {
        bank.untilStoppedOrWaiting(step, turns);
        turns.grant(step.thread(), locks);
        bank.untilStoppedOrWaiting(step, turns);
      }
      turns.free();
      long moved = both.stream().filter(s -> s.finishes("the lock is free again")).count();
      if (moved != 1 || from.raw() < 0) {
        throw crew.failureAt(
            "transfer(from, to, amount)",
            Kind.SAFETY,
            "two transfers of 80 from an account with 100 "
                + (moved == 2 ? "both" : "neither")
                + " succeeded: the balance was checked before the lock was held");
      }
    }
  }

  @CheckId("B9")
  @Test
  void a_total_takes_the_locks_in_the_same_order_as_everybody(Crew crew) {
    Bank bank = new Bank(crew);
    WatchedAccount one = bank.open(100);
    WatchedAccount other = bank.open(100);
    bank.stopEachThreadBeforeItsSecondLock();
    Step<Integer> there = bank.total(one, other);
    bank.untilStoppedOrWaiting(there);
    Step<Integer> back = bank.total(other, one);
    bank.untilStoppedOrWaiting(back);
    bank.letThemGo();
    bank.mustTotal(200, there, "nothing moved");
    bank.mustTotal(200, back, "nothing moved");
  }

  @CheckId("B10")
  @Test
  void a_total_is_the_sum_at_one_instant(Crew crew) {
    Bank bank = new Bank(crew);
    WatchedAccount one = bank.open(100);
    WatchedAccount other = bank.open(100);
    for (boolean forward : new boolean[] {true, false}) {
      bank.stopOneThreadWhenItFirstLeavesALock();
      Step<Integer> total = bank.total(one, other);
      bank.untilStoppedOrWaiting(total);
      Step<Boolean> moving =
          forward ? bank.transfer(one, other, 50) : bank.transfer(other, one, 50);
      bank.untilItAsksForALock(moving);
      bank.untilStoppedOrWaiting(moving);
      bank.letThemGo();
      bank.mustTotal(200, total, "a transfer between the two was under way");
      moving.finishes(NO_REASON);
    }
  }

  @CheckId("B16")
  @Test
  void a_total_leaves_the_array_as_it_is(Crew crew) {
    Bank bank = new Bank(crew);
    List<WatchedAccount> accounts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      accounts.add(bank.open(100));
    }
    for (int i = 0; i < 2; i++) {
      WatchedAccount[] all = accounts.toArray(new WatchedAccount[0]);
      bank.mustTotal(400, bank.total(all), "nothing moved");
      if (!List.of(all).equals(accounts)) {
        throw crew.failureAt(
            "total(accounts)",
            Kind.CONTRACT,
            "total(accounts) has changed the order of the array, which another thread may be reading");
      }
      Collections.reverse(accounts);
    }
  }

  @CheckId(value = "B15", points = 2)
  @Test
  void an_interrupt_changes_nothing(Crew crew) {
    Bank bank = new Bank(crew);
    WatchedAccount one = bank.open(100);
    WatchedAccount other = bank.open(100);
    bank.mustBeMadeAllTheSame(bank.transferInterrupted(one, other, 10));
    bank.mustBeMadeAllTheSame(bank.totalInterrupted(200, one, other));
    for (WatchedAccount taken : List.of(one, other)) {
      interruptWhileTaken(crew, bank, taken, () -> bank.transferThenFlag(one, other, 10));
      interruptWhileTaken(crew, bank, taken, () -> bank.totalThenFlag(200, one, other));
    }
    bank.requireBalances(Map.of(one, 70, other, 130));
  }

  /** Another thread holds the account's lock until the call has been interrupted. */
  private static void interruptWhileTaken(
      Crew crew, Bank bank, WatchedAccount taken, Supplier<Step<Boolean>> call) {
    Meeting has = crew.meeting(1);
    Meeting door = crew.meeting(Integer.MAX_VALUE);
    Step<Void> holder =
        crew.does(
            "holding the lock of an account",
            () -> {
              taken.lock().lock();
              has.attend();
              door.attend();
              taken.lock().unlock();
            });
    has.comesAbout("threads could take a lock that is free");
    Step<Boolean> step = call.get();
    bank.untilStoppedOrWaiting(step);
    step.interrupt();
    bank.untilStoppedOrWaiting(step);
    door.dismiss();
    holder.finishes(NO_REASON);
    bank.mustBeMadeAllTheSame(step);
  }

  /** One transfer of a generated history: indices into three accounts, and an amount. */
  record Move(int from, int to, int amount) {
    static Move of(int code) {
      return new Move(code % 3, code / 3 % 3, code / 9);
    }
  }

  @CheckId("P1")
  @Property(tries = 30)
  void one_thread_at_a_time_it_is_bookkeeping(
      @ForAll @Size(max = 15) List<@IntRange(max = 9 * 120) Integer> codes, Crew crew) {
    Bank bank = new Bank(crew);
    WatchedAccount[] accounts = {bank.open(100), bank.open(100), bank.open(0)};
    int[] model = {100, 100, 0};
    for (Move move : codes.stream().map(Move::of).toList()) {
      boolean covered = model[move.from()] >= move.amount();
      Step<Boolean> step =
          bank.transfer(accounts[move.from()], accounts[move.to()], move.amount());
      bank.must(covered, step, "the balance is " + model[move.from()] + " for " + move);
      if (covered) {
        model[move.from()] -= move.amount();
        model[move.to()] += move.amount();
      }
      for (int i = 0; i < 3; i++) {
        bank.requireBalances(Map.of(accounts[i], model[i]));
      }
    }
  }

  @CheckId("P2")
  @Test
  void many_crossing_transfers_end_and_lose_nothing(Crew crew) {
    crew.heavy();
    Bank bank = new Bank(crew);
    LockOrder order = new LockOrder();
    bank.log(order);
    WatchedAccount[] accounts = {bank.open(1_000), bank.open(1_000), bank.open(1_000)};
    Random random = crew.random();
    List<Step<Void>> rivals =
        crew.atOnce(
            4,
            "transfer(from, to, amount)",
            i -> {
              long seed = random.nextLong();
              return () -> bank.wander(accounts, new Random(seed), 100);
            });
    String because = "each transfer only needs two locks for a moment";
    crew.allFinish(rivals, because, () -> requireNoCycle(order));
    bank.mustTotal(3_000, bank.total(accounts), "money only moved");
  }

  @CheckId(value = "B13", points = 2)
  @Test
  void however_many_accounts_there_are_their_locks_have_one_order(Crew crew) {
    for (int count : crew.sizes(3, 40)) {
      Bank bank = new Bank(crew);
      LockOrder order = new LockOrder();
      bank.log(order);
      List<WatchedAccount> accounts = new ArrayList<>();
      int sum = 0;
      for (int i = 0; i < count; i++) {
        int balance = 100 + crew.random().nextInt(900);
        accounts.add(bank.open(balance));
        sum += balance;
      }
      for (int i = 0; i < 3; i++) {
        Collections.shuffle(accounts, crew.random());
        WatchedAccount[] all = accounts.toArray(new WatchedAccount[0]);
        bank.mustTotal(sum, bank.total(all), "nothing was lost");
        long seed = crew.random().nextLong();
        crew.done(
            "transfer(from, to, amount)", () -> bank.wander(all, new Random(seed), 2 * count));
      }
      requireNoCycle(order);
      bank.requireNothingWasVisible();
    }
  }

  @CheckId(value = "B14", points = 2)
  @Test
  void however_many_transfers_share_no_account_all_can_be_under_way(Crew crew) {
    for (int count : crew.sizes(2, 24)) {
      Bank bank = new Bank(crew);
      Meeting meeting = crew.meeting(count);
      List<Step<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        WatchedAccount from = bank.open(100);
        from.onFirstSet(meeting::attend);
        all.add(bank.transfer(from, bank.open(100), 10));
      }
      meeting.comesAbout("transfers between different accounts could be under way at once");
      all.forEach(step -> bank.must(true, step, "the balance covers it"));
    }
  }

  private static void requireNoCycle(LockOrder order) {
    order
        .cycle()
        .ifPresent(
            cycle -> {
              throw Failure.of(
                  Kind.DEADLOCK,
                  "locks are taken in orders that form a cycle: with another timing this stands still",
                  cycle.get(0).line(),
                  cycle.stream().map(LockOrder.Edge::toString).toList());
            });
  }

  /** Makes accounts until two of them have the same identity hash code. */
  static WatchedAccount[] twins(Supplier<WatchedAccount> open) {
    Map<Integer, WatchedAccount> seen = new HashMap<>();
    for (int i = 0; i < 2_000_000; i++) {
      WatchedAccount next = open.get();
      WatchedAccount twin = seen.put(System.identityHashCode(next), next);
      if (twin != null) {
        return new WatchedAccount[] {twin, next};
      }
    }
    throw new IllegalStateException("no two of two million identity hash codes were equal");
  }
}

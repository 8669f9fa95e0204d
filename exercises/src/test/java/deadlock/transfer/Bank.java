package deadlock.transfer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.Step;
import threadmill.harness.WatchedLock;
import threadmill.model.Kind;

/**
 * Accounts whose locks report to it, and the power to stop a thread between two locks. Thread-safe.
 */
final class Bank implements WatchedLock.Log {
  private static final String CALL = "transfer(from, to, amount)";

  private final Crew crew;
  private final Transfers transfers;
  private final List<WatchedAccount> accounts = new ArrayList<>();
  private final Map<Thread, Integer> held = new HashMap<>();
  private final Set<Thread> stopped = new HashSet<>();
  private final Set<Thread> asking = ConcurrentHashMap.newKeySet();
  private final Set<Thread> turnedAway = ConcurrentHashMap.newKeySet();
  private volatile WatchedLock.Log also = new WatchedLock.Log() {};
  private int nextId = 7;
  private int sum;
  private boolean stopAtSecondLock;
  private boolean stopAtFirstLeave;
  private Failure visible;

  Bank(Crew crew) {
    this.crew = crew;
    this.transfers = crew.make("new Transfers()", Transfers::new);
  }

  WatchedAccount open(int balance) {
    int id = nextId;
    // Neither rising nor falling, so that the order of opening is no order of ids.
    nextId = (nextId * 31 + 11) % 10_007;
    WatchedAccount account =
        new WatchedAccount(id, balance, new WatchedLock("the lock of account " + id, this));
    synchronized (this) {
      accounts.add(account);
      sum += balance;
    }
    return account;
  }

  /** Two accounts whose identity hash codes are equal, by search. */
  WatchedAccount[] openTwins() {
    int[] id = {20_000};
    WatchedAccount[] twins =
        TransfersTest.twins(
            () -> {
              int mine = id[0]++;
              return new WatchedAccount(
                  mine, 100, new WatchedLock("the lock of account " + mine, this));
            });
    synchronized (this) {
      accounts.addAll(List.of(twins));
      sum += 200;
    }
    return twins;
  }

  Step<Boolean> transfer(Account from, Account to, int amount) {
    return crew.asks(CALL, () -> transfers.transfer(from, to, amount));
  }

  Step<Integer> total(Account... some) {
    return crew.asks("total(accounts)", () -> transfers.total(some));
  }

  /** Whether the transfer was made and its thread is interrupted afterwards. */
  Step<Boolean> transferThenFlag(Account from, Account to, int amount) {
    return crew.asks(
        CALL,
        () -> transfers.transfer(from, to, amount) && Thread.currentThread().isInterrupted());
  }

  /** The same of a thread that is interrupted before it begins. */
  Step<Boolean> transferInterrupted(Account from, Account to, int amount) {
    return crew.asks(
        CALL,
        () -> {
          Thread.currentThread().interrupt();
          return transfers.transfer(from, to, amount) && Thread.currentThread().isInterrupted();
        });
  }

  /** Whether the total is right and its thread is interrupted afterwards. */
  Step<Boolean> totalThenFlag(int wanted, Account... some) {
    return crew.asks(
        "total(accounts)",
        () -> transfers.total(some) == wanted && Thread.currentThread().isInterrupted());
  }

  /** The same of a thread that is interrupted before it begins. */
  Step<Boolean> totalInterrupted(int wanted, Account... some) {
    return crew.asks(
        "total(accounts)",
        () -> {
          Thread.currentThread().interrupt();
          return transfers.total(some) == wanted && Thread.currentThread().isInterrupted();
        });
  }

  void mustBeMadeAllTheSame(Step<Boolean> interrupted) {
    if (!interrupted.finishes("no thread holds a lock for ever")) {
      throw crew.failureAt(
          interrupted.call(),
          Kind.CONTRACT,
          interrupted.call()
              + " was interrupted and did not do its work all the same, or its thread was not"
              + " interrupted afterwards");
    }
  }

  /** Random transfers, on the calling thread. */
  void wander(WatchedAccount[] some, Random random, int times) {
    for (int i = 0; i < times; i++) {
      int from = random.nextInt(some.length);
      int to = (from + 1 + random.nextInt(some.length - 1)) % some.length;
      transfers.transfer(some[from], some[to], random.nextInt(50));
    }
  }

  void must(boolean wanted, Step<Boolean> step, String because) {
    boolean got = step.finishes("no thread holds a lock for ever");
    if (got != wanted) {
      throw crew.failureAt(
          CALL, Kind.CONTRACT, CALL + " returned " + got + " although " + because);
    }
  }

  void mustTotal(int wanted, Step<Integer> step, String because) {
    int got = step.finishes("no thread holds a lock for ever");
    if (got != wanted) {
      throw crew.failureAt(
          "total(accounts)",
          Kind.SAFETY,
          "total(accounts) did not return " + wanted + ": " + because,
          "returned: " + got);
    }
  }

  void requireBalances(Map<WatchedAccount, Integer> wanted) {
    // A map of constants has another order in each JVM.
    Map<WatchedAccount, Integer> inOrder = new TreeMap<>(Comparator.comparing(Account::id));
    inOrder.putAll(wanted);
    inOrder.forEach(
        (account, balance) -> {
          if (account.raw() != balance) {
            throw crew.failureAt(
                CALL,
                Kind.CONTRACT,
                "the balance of " + account + " is " + account.raw() + ", not " + balance);
          }
        });
  }

  synchronized void requireNothingWasVisible() {
    if (visible != null) {
      throw visible;
    }
  }

  /** Hands all lock events on to another log too. */
  void log(WatchedLock.Log other) {
    also = other;
  }

  synchronized void stopEachThreadBeforeItsSecondLock() {
    stopped.clear();
    stopAtSecondLock = true;
  }

  synchronized void stopOneThreadWhenItFirstLeavesALock() {
    stopped.clear();
    stopAtFirstLeave = true;
  }

  synchronized void letThemGo() {
    stopAtSecondLock = false;
    stopAtFirstLeave = false;
    notifyAll();
  }

  /** Until the call stands where it was told to, waits for somebody, backs off, or is over. */
  void untilStoppedOrWaiting(Step<?> step) {
    crew.untilWaitingOr(step, () -> turnedAway.contains(step.thread()));
  }

  void untilStoppedOrWaiting(Step<?> step, Turns turns) {
    crew.untilWaitingOr(
        step, () -> turns.isStopped(step.thread()) || turnedAway.contains(step.thread()));
  }

  void until(BooleanSupplier condition, String otherwise) {
    crew.until(condition, otherwise);
  }

  void untilItAsksForALock(Step<?> step) {
    crew.until(
        () -> asking.contains(step.thread()) || step.isOver(),
        "the transfer never asks for a lock");
  }

  @Override
  public void asks(WatchedLock lock) {
    beforeTaking();
    also.asks(lock);
  }

  @Override
  public void tries(WatchedLock lock) {
    beforeTaking();
    also.tries(lock);
  }

  @Override
  public void refused(WatchedLock lock) {
    turnedAway.add(Thread.currentThread());
    also.refused(lock);
  }

  @Override
  public void got(WatchedLock lock) {
    also.got(lock);
    synchronized (this) {
      held.merge(Thread.currentThread(), 1, Integer::sum);
    }
  }

  @Override
  public void leaves(WatchedLock lock) {
    also.leaves(lock);
    synchronized (this) {
      int left = held.merge(Thread.currentThread(), -1, Integer::sum);
      if (left == 0 && visible == null && sum() != sum) {
        visible =
            Failure.here(
                    Kind.SAFETY,
                    "with this unlock all balances together are "
                        + sum()
                        + ", not "
                        + sum
                        + ": anybody can see the money on its way")
                .kept();
      }
    }
  }

  @Override
  public void left(WatchedLock lock) {
    synchronized (this) {
      if (stopAtFirstLeave && stopped.isEmpty()) {
        stopped.add(Thread.currentThread());
        rest(() -> stopAtFirstLeave);
      }
    }
  }

  private void beforeTaking() {
    Thread me = Thread.currentThread();
    asking.add(me);
    synchronized (this) {
      if (stopAtSecondLock && held.getOrDefault(me, 0) == 1 && stopped.add(me)) {
        rest(() -> stopAtSecondLock);
      }
    }
  }

  private int sum() {
    return accounts.stream().mapToInt(WatchedAccount::raw).sum();
  }

  private void rest(BooleanSupplier goesOn) {
    try {
      while (goesOn.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

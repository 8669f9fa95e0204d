package deadlock.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import threadmill.explore.History;
import threadmill.explore.Rendezvous;
import threadmill.explore.Scenario;
import threadmill.explore.Tally;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Explore;

/** What transfers between accounts promise under every schedule. */
@Contract
final class TransfersUnderAllSchedulesTest {
  private static final int REFUSALS = 90;

  @CheckId(value = "X1", points = 2)
  @Explore
  void two_crossing_transfers_both_succeed(Scenario s) {
    s.exactTime();
    Transfers transfers = new Transfers();
    Account one = new Account(7, 100);
    Account other = new Account(3, 100);
    s.thread("A", () -> requireMoved(s, transfers.transfer(one, other, 7)));
    s.thread("B", () -> requireMoved(s, transfers.transfer(other, one, 10)));
    s.atEnd(
        "7 went one way and 10 the other", () -> one.get() == 103 && other.get() == 97);
  }

  @CheckId(value = "X2", points = 2)
  @Explore
  void three_transfers_in_a_circle_all_succeed(Scenario s) {
    s.exactTime();
    Transfers transfers = new Transfers();
    List<Account> accounts = List.of(new Account(7, 10), new Account(3, 20), new Account(5, 30));
    for (int i = 0; i < 3; i++) {
      Account from = accounts.get(i);
      Account to = accounts.get((i + 1) % 3);
      s.thread("ABC".substring(i, i + 1), () -> requireMoved(s, transfers.transfer(from, to, 5)));
    }
    s.atEnd(
        "each account gave 5 and got 5",
        () -> accounts.stream().map(Account::get).toList().equals(List.of(10, 20, 30)));
  }

  private static void requireMoved(Scenario s, boolean moved) {
    s.require(
        moved, "transfer(from, to, amount) returned false although the balance covers the amount");
  }

  @CheckId(value = "X3", points = 2)
  @Explore
  void an_account_is_not_overdrawn(Scenario s) {
    s.exactTime();
    Transfers transfers = new Transfers();
    Account from = new Account(5, 100);
    Tally moved = s.tally("transfers that succeeded");
    for (Account to : List.of(new Account(3, 0), new Account(7, 0))) {
      s.thread(
          "to account " + to.id(),
          () -> moved.add(transfers.transfer(from, to, 80) ? 1 : 0));
    }
    s.atEnd(
        "of two transfers of 80 from an account with 100 one succeeded",
        () -> moved.get() == 1 && from.get() == 20);
  }

  @CheckId(value = "X4", points = 2)
  @Explore
  void a_total_misses_nothing_on_its_way(Scenario s) {
    s.exactTime();
    Transfers transfers = new Transfers();
    Account one = new Account(7, 100);
    Account other = new Account(3, 100);
    s.thread("A", () -> transfers.transfer(one, other, 50));
    s.thread("B", () -> requireTotal(s, transfers.total(one, other)));
    s.thread("C", () -> requireTotal(s, transfers.total(other, one)));
  }

  private static void requireTotal(Scenario s, int total) {
    s.require(
        total == 200,
        "total(accounts) must return 200: money that moves between two accounts stays in them");
  }

  @CheckId(value = "X5", points = 2)
  @Explore
  void transfers_that_share_no_account_can_meet(Scenario s) {
    s.exactTime();
    Transfers transfers = new Transfers();
    Rendezvous underWay = s.rendezvous("two transfers that share no account are under way at once", 2);
    for (int i = 0; i < 2; i++) {
      Account from = new MeetingAccount(2 * i, 100, underWay);
      Account to = new Account(2 * i + 1, 100);
      s.thread(i == 0 ? "A" : "B", () -> transfers.transfer(from, to, 10));
    }
  }

  /** An account at whose first change two transfers meet. */
  private static final class MeetingAccount extends Account {
    private final Rendezvous meeting;
    private boolean met;

    MeetingAccount(int id, int balance, Rendezvous meeting) {
      super(id, balance);
      this.meeting = meeting;
    }

    @Override
    public void set(int newBalance) {
      if (!met) {
        met = true;
        meeting.meet();
      }
      super.set(newBalance);
    }
  }

  /** Whoever tries a lock finds it taken, so often that all patience would be at an end. */
  @Property(tries = 4)
  @CheckId(value = "X6", points = 2)
  void however_often_a_lock_is_refused_the_call_does_its_work(
      @ForAll boolean firstIsBusy, @ForAll boolean total, Scenario s) {
    s.exactTime();
    Transfers transfers = new Transfers();
    Attempts attempts = new Attempts(s);
    Account one = new Account(7, 100, new BusyLock(attempts, firstIsBusy ? REFUSALS : 0));
    Account other = new Account(3, 100, new BusyLock(attempts, firstIsBusy ? 0 : REFUSALS));
    s.thread(
        "A",
        () -> {
          if (total) {
            requireTotal(s, transfers.total(one, other));
          } else {
            requireMoved(s, transfers.transfer(one, other, 7));
          }
        });
  }

  /** The time between the attempts of one thread, whichever lock it tries. */
  private static final class Attempts {
    private static final long LONGEST_REST_NANOS = 1_000_000_000L;

    private final Scenario s;
    private long last = System.nanoTime();

    Attempts(Scenario s) {
      this.s = s;
    }

    void begin() {
      s.require(
          System.nanoTime() - last <= LONGEST_REST_NANOS,
          "a thread that gave way rested for more than a second");
    }

    void end() {
      last = System.nanoTime();
    }
  }

  /** A lock that is taken whenever somebody tries it, many times over. */
  private static final class BusyLock implements Lock {
    private final Lock lock = new ReentrantLock();
    private final Attempts attempts;
    private int refusals;

    BusyLock(Attempts attempts, int refusals) {
      this.attempts = attempts;
      this.refusals = refusals;
    }

    @Override
    public void lock() {
      attempts.begin();
      lock.lock();
      attempts.end();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
      attempts.begin();
      lock.lockInterruptibly();
      attempts.end();
    }

    @Override
    public boolean tryLock() {
      attempts.begin();
      boolean got = refusals == 0 && lock.tryLock();
      refusals = Math.max(0, refusals - 1);
      attempts.end();
      return got;
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
      if (tryLock()) {
        return true;
      }
      unit.sleep(time);
      attempts.end();
      return false;
    }

    @Override
    public void unlock() {
      lock.unlock();
    }

    @Override
    public Condition newCondition() {
      return lock.newCondition();
    }
  }

  /** Three balances, for one thread at a time. */
  private static final class Ledger {
    private final int[] balances = {60, 60, 0};

    boolean transfer(int from, int to, int amount) {
      if (balances[from] < amount) {
        return false;
      }
      balances[from] -= amount;
      balances[to] += amount;
      return true;
    }

    int total() {
      return Arrays.stream(balances).sum();
    }
  }

  /** A call of a small program, about three accounts, of which the first two have money. */
  enum Call {
    MOVE_FROM_1_TO_2(0, 1),
    MOVE_FROM_2_TO_1(1, 0),
    MOVE_FROM_1_TO_3(0, 2),
    MOVE_FROM_3_TO_1(2, 0),
    MOVE_FROM_2_TO_3(1, 2),
    MOVE_FROM_3_TO_2(2, 1),
    MOVE_FROM_1_TO_1(0, 0),
    TOTAL,
    INTERRUPT_A,
    INTERRUPT_B;

    private final int from;
    private final int to;

    Call() {
      this(-1, -1);
    }

    Call(int from, int to) {
      this.from = from;
      this.to = to;
    }
  }

  @Property(tries = 25)
  @CheckId(value = "P3", points = 3)
  void every_small_program_sees_three_balances(
      @ForAll @Size(min = 1, max = 2) List<Call> a,
      @ForAll @Size(min = 1, max = 2) List<Call> b,
      @ForAll @Size(max = 1) List<Call> c,
      Scenario s) {
    s.exactTime();
    Transfers transfers = new Transfers();
    int[] ids = {Integer.MAX_VALUE, 0, Integer.MIN_VALUE};
    Ledger opening = new Ledger();
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      accounts.add(new Account(ids[i], opening.balances[i]));
    }
    History<Ledger> history = s.history(Ledger::new);
    s.thread("A", () -> perform(a, transfers, accounts, history, s));
    s.thread("B", () -> perform(b, transfers, accounts, history, s));
    s.thread("C", () -> perform(c, transfers, accounts, history, s));
  }

  private static void perform(
      List<Call> calls,
      Transfers transfers,
      List<Account> accounts,
      History<Ledger> history,
      Scenario s)
      throws Exception {
    Account[] all = accounts.toArray(new Account[0]);
    for (Call call : calls) {
      switch (call) {
        case TOTAL ->
            history.observe("total(all accounts)", () -> transfers.total(all), Ledger::total);
        case INTERRUPT_A -> s.interrupt("A");
        case INTERRUPT_B -> s.interrupt("B");
        default ->
            history.call(
                "transfer(account " + (call.from + 1) + ", account " + (call.to + 1) + ", 50)",
                () -> transfers.transfer(all[call.from], all[call.to], 50),
                ledger -> ledger.transfer(call.from, call.to, 50));
      }
    }
  }
}

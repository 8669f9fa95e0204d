package deadlock.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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

  /** Three balances, for one thread at a time. */
  private static final class Ledger {
    private final int[] balances = {60, 60, 0};

    boolean transfer(Move move) {
      if (balances[move.from()] < move.amount()) {
        return false;
      }
      balances[move.from()] -= move.amount();
      balances[move.to()] += move.amount();
      return true;
    }

    int total() {
      return Arrays.stream(balances).sum();
    }
  }

  /** A transfer of 50 from one to another of three accounts, or of the one to itself. */
  record Move(int from, int to, int amount) {
    static Move of(int code) {
      return new Move(code % 3, code / 3, 50);
    }

    @Override
    public String toString() {
      return "transfer(account " + from + ", account " + to + ", " + amount + ")";
    }
  }

  /** Each number is a transfer between two of three accounts; 9 is a total. */
  @Property(tries = 10)
  @CheckId(value = "P3", points = 3)
  void many_threads_at_a_time_it_is_bookkeeping_too(
      @ForAll @Size(min = 1, max = 2) List<@IntRange(max = 9) Integer> a,
      @ForAll @Size(min = 1, max = 2) List<@IntRange(max = 9) Integer> b,
      Scenario s) {
    s.exactTime();
    Transfers transfers = new Transfers();
    Ledger opening = new Ledger();
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      accounts.add(new Account(7 * (i + 1) % 5, opening.balances[i]));
    }
    History<Ledger> history = s.history(Ledger::new);
    s.thread("A", () -> perform(a, transfers, accounts, history));
    s.thread("B", () -> perform(b, transfers, accounts, history));
  }

  private static void perform(
      List<Integer> codes, Transfers transfers, List<Account> accounts, History<Ledger> history)
      throws Exception {
    for (int code : codes) {
      if (code == 9) {
        Account[] all = accounts.toArray(new Account[0]);
        history.call("total(all accounts)", () -> transfers.total(all), Ledger::total);
      } else {
        Move move = Move.of(code);
        Account from = accounts.get(move.from());
        Account to = accounts.get(move.to());
        history.call(
            move.toString(),
            () -> transfers.transfer(from, to, move.amount()),
            ledger -> ledger.transfer(move));
      }
    }
  }
}

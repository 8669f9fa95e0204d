package processes.tabsupervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import processes.tabsupervisor.FakeTabs.Birth;
import processes.tabsupervisor.TabStatus.State;

/** A supervisor without processes and threads: what becomes of tabs and questions, by the rules. */
final class Model {
  /** What becomes of a question. */
  enum Fate {
    OPEN,
    ANSWERED,
    /** Its limit is over. */
    TIMED_OUT,
    /** The process ended first. */
    LOST,
    /** Both happened at the same time. */
    TIMED_OUT_OR_LOST
  }

  /** A question that was asked. */
  static final class Question {
    private final long due;
    private Fate fate = Fate.OPEN;

    private Question(long due) {
      this.due = due;
    }

    Fate fate() {
      return fate;
    }
  }

  private static final class Tab {
    private State state = State.RUNNING;
    private int restarts;
    private long due;
    private final List<Long> recent = new ArrayList<>();
    private final List<Question> open = new ArrayList<>();

    private void settle(Fate fate) {
      open.forEach(question -> question.fate = fate);
      open.clear();
    }
  }

  private final RestartPolicy policy;
  private final Map<String, Tab> tabs = new LinkedHashMap<>();
  private final Map<String, Birth> births = new LinkedHashMap<>();
  private long now;

  Model(RestartPolicy policy) {
    this.policy = policy;
  }

  long now() {
    return now;
  }

  boolean isRunning(String name) {
    return tabs.containsKey(name) && tabs.get(name).state == State.RUNNING;
  }

  boolean isAlive(String name) {
    return isRunning(name) || tabs.containsKey(name) && tabs.get(name).state == State.BACKOFF;
  }

  long running() {
    return tabs.keySet().stream().filter(this::isRunning).count();
  }

  /** What becomes of the next start of this tab. */
  void next(String name, Birth birth) {
    births.put(name, birth);
  }

  /**
   * @return whether it could be opened
   */
  boolean open(String name) {
    Birth birth = births.remove(name);
    if (birth == Birth.REFUSED) {
      return false;
    }
    tabs.remove(name);
    tabs.put(name, new Tab());
    if (birth == Birth.STILLBORN) {
      crash(name);
    }
    return true;
  }

  void close(String name) {
    if (tabs.containsKey(name)) {
      tabs.get(name).state = State.CLOSED;
      tabs.get(name).settle(Fate.LOST);
    }
  }

  Question ask(String name, Duration limit) {
    Question question = new Question(now + limit.toNanos());
    tabs.get(name).open.add(question);
    return question;
  }

  void answerOne(String name) {
    if (!tabs.get(name).open.isEmpty()) {
      tabs.get(name).open.remove(0).fate = Fate.ANSWERED;
    }
  }

  void crash(String name) {
    Tab tab = tabs.get(name);
    tab.settle(Fate.LOST);
    tab.recent.removeIf(then -> now - then > policy.window().toNanos());
    boolean again = tab.recent.size() < policy.maxRestarts();
    tab.state = again ? State.BACKOFF : State.GIVEN_UP;
    tab.due = now + policy.backoff().toNanos();
  }

  /** When the next alarm rings that is still wanted. */
  OptionalLong nextDue() {
    return tabs.values().stream().flatMapToLong(Model::dues).min();
  }

  private static LongStream dues(Tab tab) {
    LongStream limits = tab.open.stream().mapToLong(question -> question.due);
    return tab.state == State.BACKOFF ? LongStream.of(tab.due) : limits;
  }

  /** The times at which tabs will be started again. */
  List<Long> restarts() {
    return tabs.values().stream().filter(t -> t.state == State.BACKOFF).map(t -> t.due).toList();
  }

  /** Time passes, up to the next alarm at most. */
  void advanceTo(long time) {
    now = time;
    tabs.forEach(
        (name, tab) -> {
          if (tab.state == State.BACKOFF && tab.due <= now) {
            restart(name, tab);
          } else if (tab.open.stream().anyMatch(question -> question.due <= now)) {
            expire(name, tab);
          }
        });
  }

  private void restart(String name, Tab tab) {
    tab.restarts++;
    tab.recent.add(now);
    tab.state = State.RUNNING;
    if (births.remove(name) != null) {
      crash(name);
    }
  }

  private void expire(String name, Tab tab) {
    List<Question> late = tab.open.stream().filter(question -> question.due <= now).toList();
    crash(name);
    late.forEach(
        question -> question.fate = late.size() > 1 ? Fate.TIMED_OUT_OR_LOST : Fate.TIMED_OUT);
  }

  /** What {@code status()} should say, with the process ids that the factory has given. */
  List<TabStatus> status(FakeTabs processes) {
    List<TabStatus> all = new ArrayList<>();
    tabs.forEach(
        (name, tab) -> {
          FakeTab last = tab.state == State.RUNNING ? processes.last(name) : null;
          all.add(new TabStatus(name, tab.state, last == null ? 0 : last.pid(), tab.restarts));
        });
    return all;
  }

  /** The same without process ids, which the order of restarts may decide. */
  @Override
  public String toString() {
    return tabs.entrySet().stream()
        .map(e -> "%s %s %d".formatted(e.getKey(), e.getValue().state, e.getValue().restarts))
        .collect(Collectors.joining(", "));
  }
}

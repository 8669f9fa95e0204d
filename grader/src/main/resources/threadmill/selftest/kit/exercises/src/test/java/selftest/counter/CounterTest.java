package selftest.counter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import threadmill.explore.Scenario;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Door;
import threadmill.harness.Explore;
import threadmill.model.Kind;

@Contract
class CounterTest {
  private static final int FIRST = 40;

  @Test
  @CheckId("T1")
  void it_counts_from_one(Crew crew) {
    Counter counter = new Counter();
    for (int expected = 1; expected <= 3; expected++) {
      int number = crew.answer("next()", counter::next);
      if (number != expected) {
        throw crew.failure(Kind.CONTRACT, "next() is " + number + ", not " + expected);
      }
    }
  }

  @Explore
  @CheckId("T2")
  void two_threads_never_get_the_same_number(Scenario s) {
    Counter counter = new Counter();
    for (String name : List.of("A", "B")) {
      s.thread(name, counter::next);
    }
    s.atEnd("two numbers are taken", () -> counter.next() == 3);
  }

  @Test
  @CheckId("T3")
  void it_counts_in_a_child_process(Crew crew) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    try (Door door = Door.shut()) {
      crew.childrenWaitForNoClock();
      Process child =
          new ProcessBuilder(
                  java, "-Xshare:auto", "-cp", classes, Child.class.getName(), door.address())
              .start();
      crew.until(() -> !door.callers().isEmpty(), "a child process should report");
      door.letIn();
      crew.until(() -> !child.isAlive(), "a child process should end");
      int number = crew.answer("next()", new Counter()::next);
      if (child.exitValue() != FIRST + number) {
        throw crew.failure(Kind.CONTRACT, "a child process ended with " + child.exitValue());
      }
    }
  }

  static final class Child {
    private Child() {}

    public static void main(String[] door) {
      Runtime.getRuntime().halt(Door.waitAt(door[0]) ? FIRST + new Counter().next() : 1);
    }
  }
}

package threadmill.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import threadmill.model.Exercise;

/** A kit of one exercise, small enough to be written, broken and built by a test. */
public final class MiniKit {
  public static final String ID = "toys.counter";

  public static final String README =
      """
      ---
      title: Counter
      order: 1.1
      difficulty: 1
      points: 5
      java: 17
      os: any
      ---
      # Counter

      Count.

      ## Hint 1

      The mildest.

      ## Hint 2

      A stronger one.

      ## Hint 3

      Nearly the answer.
      """;

  public static final String STUB =
      """
      package toys.counter;

      import static threadmill.Todo.todo;

      public class Counter {
        public int next() {
          // TODO
          throw todo();
        }
      }
      """;

  public static final String REFERENCE =
      """
      package toys.counter;

      public class Counter {
        private int value;

        public synchronized int next() {
          return value += Step.SIZE;
        }
      }
      """;

  public static final String CONTRACT =
      """
      package toys.counter;

      import org.junit.jupiter.api.Test;
      import threadmill.harness.CheckId;
      import threadmill.harness.Contract;
      import threadmill.harness.Crew;
      import threadmill.model.Kind;

      @Contract
      class CounterTest {
        @Test
        @CheckId(value = "C2", points = 2, limitSeconds = 30)
        void it_begins_with_one(Crew crew) {
          Counter counter = new Counter();
          int first = crew.answer("next()", counter::next);
          if (first != 1) {
            throw crew.failure(Kind.CONTRACT, "the first number is " + first + ", not 1");
          }
        }

        @Test
        @CheckId(value = "C1", points = 3, limitSeconds = 20)
        void it_counts(Crew crew) {
          Counter counter = new Counter();
          int first = crew.answer("next()", counter::next);
          int second = crew.answer("next()", counter::next);
          if (second != first + 1) {
            throw crew.failure(Kind.CONTRACT, "after " + first + " comes " + second);
          }
        }
      }
      """;

  private static final String TODO =
      """
      package threadmill;

      public final class Todo {
        private Todo() {}

        public static NotYetImplemented todo() {
          return new NotYetImplemented();
        }

        public static final class NotYetImplemented extends UnsupportedOperationException {
          private static final long serialVersionUID = 1L;
        }
      }
      """;

  private final Path root;

  private MiniKit(Path root) {
    this.root = root;
  }

  /** Writes the kit: whole, with a reference, two variants and a mutant for each check. */
  public static MiniKit in(Path root) throws IOException {
    MiniKit kit = new MiniKit(root);
    kit.write("exercises/src/main/java/threadmill/Todo.java", TODO);
    kit.write("exercises/src/main/java/toys/counter/README.md", README);
    kit.write("exercises/src/main/java/toys/counter/allow.txt", "group common\n");
    kit.write("exercises/src/main/java/toys/counter/promises.txt", "C1 C2  Count.\n");
    kit.write("exercises/src/main/java/toys/counter/Counter.java", STUB);
    kit.write(
        "exercises/src/main/java/toys/counter/Step.java",
        "package toys.counter;\n\nclass Step {\n  static final int SIZE = 1;\n}\n");
    kit.write("exercises/src/stubs/toys.counter/Counter.java", STUB);
    kit.write("exercises/src/test/java/toys/counter/CounterTest.java", CONTRACT);
    kit.write("solutions/src/main/java/toys/counter/Counter.java", REFERENCE);
    for (String variant : List.of("with_a_lock", "atomically")) {
      kit.write(
          "solutions/src/variants/toys.counter/" + variant + "/Counter.java",
          REFERENCE.replace("value", variant));
    }
    kit.write(
        "solutions/src/mutants/toys.counter/stands_still/Counter.java",
        "// CONST | rejected by C1 | Who counts?\n"
            + REFERENCE.replace("value += Step.SIZE", "Step.SIZE"));
    kit.write(
        "solutions/src/mutants/toys.counter/begins_with_zero/Counter.java",
        "// OFF_BY_ONE | rejected by C2 | Arrays begin with zero.\n"
            + REFERENCE.replace("value += Step.SIZE", "value++"));
    return kit;
  }

  public Path root() {
    return root;
  }

  public Path write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  public void delete(String path) throws IOException {
    Files.delete(root.resolve(path));
  }

  /** The kit as it is now. */
  public Kit read() {
    return Kit.find(root);
  }

  public Exercise exercise() {
    return read().exercise(ID);
  }
}

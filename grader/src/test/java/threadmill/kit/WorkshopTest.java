package threadmill.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.kit.Workshop.Bench;
import threadmill.model.Check;

class WorkshopTest {
  private static final String CONTRACT = "exercises/src/test/java/toys/counter/CounterTest.java";

  @TempDir private Path temp;
  private MiniKit mini;

  @BeforeEach
  void write_a_kit() throws Exception {
    mini = MiniKit.in(temp);
  }

  @Test
  void a_bench_holds_the_given_files_the_contract_and_what_is_wanted() {
    Bench bench = bench();
    assertTrue(Files.exists(bench.given().resolve("toys/counter/Step.class")));
    assertTrue(Files.exists(bench.given().resolve("threadmill/Todo.class")));
    assertTrue(Files.exists(bench.contract().resolve("toys/counter/CounterTest.class")));
    assertEquals(
        List.of(
            new Check(
                "C2",
                "It begins with one",
                2,
                30,
                "toys.counter.CounterTest",
                "it_begins_with_one"),
            new Check("C1", "It counts", 3, 20, "toys.counter.CounterTest", "it_counts")),
        bench.checks());
    assertEquals(
        new Api(Map.of("toys.counter.Counter", Set.of("public Counter()", "public int next()"))),
        bench.api());
  }

  @Test
  void no_stub_lies_where_it_could_answer_for_the_student() throws Exception {
    Bench bench = bench();
    for (Path folder : List.of(bench.given(), bench.contract())) {
      try (var files = Files.walk(folder)) {
        assertEquals(List.of(), files.filter(f -> f.endsWith("Counter.class")).toList());
      }
    }
  }

  @Test
  void the_given_files_are_the_kits_even_if_the_student_changed_the_stub() throws Exception {
    Bench before = bench();
    mini.write("exercises/src/main/java/toys/counter/Counter.java", "no Java at all");
    assertEquals(before.given(), bench().given());
  }

  @Test
  void a_workshop_builds_a_bench_once() {
    Workshop workshop = workshop();
    assertSame(workshop.bench(mini.exercise()), workshop.bench(mini.exercise()));
  }

  @Test
  void the_next_workshop_takes_what_is_there() throws Exception {
    Path mark = Files.createFile(bench().contract().resolve("mark"));
    Bench again = bench();
    assertEquals(mark.getParent(), again.contract());
    assertTrue(Files.exists(mark));
  }

  @Test
  void a_changed_source_is_built_anew_and_an_unchanged_one_found_again() throws Exception {
    Path before = bench().contract();
    mini.write(CONTRACT, MiniKit.CONTRACT.replace("points = 2", "points = 4"));
    Bench changed = bench();
    assertNotEquals(before, changed.contract());
    assertEquals(4, changed.checks().get(0).points());
    mini.write(CONTRACT, MiniKit.CONTRACT);
    assertEquals(before, bench().contract());
  }

  @Test
  void each_source_counts() throws Exception {
    Path before = bench().contract();
    mini.write(
        "exercises/src/main/java/toys/counter/Step.java",
        "package toys.counter;\nclass Step { static final int SIZE = 2; }\n");
    Path after = bench().contract();
    assertNotEquals(before, after);
    mini.write("exercises/src/stubs/toys.counter/Counter.java", MiniKit.STUB + "\n");
    assertNotEquals(after, bench().contract());
  }

  @Test
  void a_contract_that_does_not_compile_is_the_kits_fault_and_says_where() throws Exception {
    mini.write(CONTRACT, MiniKit.CONTRACT.replace("int first =", "Strng first ="));
    KitException thrown = assertThrows(KitException.class, this::bench);
    String message = thrown.getMessage();
    assertTrue(message.startsWith("the kit's own sources do not compile:\n"), message);
    assertTrue(message.contains("CounterTest.java:15: error: cannot find symbol"), message);
    assertTrue(message.contains("Strng"), message);
  }

  @Test
  void a_contract_that_was_mended_is_built() throws Exception {
    mini.write(CONTRACT, "not Java");
    assertThrows(KitException.class, this::bench);
    mini.write(CONTRACT, MiniKit.CONTRACT);
    assertEquals(2, bench().checks().size());
  }

  @Test
  void given_files_cannot_lean_on_what_the_student_writes() throws Exception {
    mini.write(
        "exercises/src/main/java/toys/counter/Step.java",
        "package toys.counter;\nclass Step { static final int SIZE = new Counter().next(); }\n");
    KitException thrown = assertThrows(KitException.class, this::bench);
    assertTrue(thrown.getMessage().contains("Step.java:2: error"), thrown.getMessage());
  }

  private Workshop workshop() {
    return new Workshop(mini.read(), System.getProperty("java.class.path"));
  }

  private Bench bench() {
    return workshop().bench(mini.exercise());
  }
}

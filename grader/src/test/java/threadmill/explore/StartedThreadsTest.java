package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import programs.Started;

/** Threads that a program or a class initializer starts, and what they die of. */
class StartedThreadsTest {
  private static final int BUDGET = 300;

  @TestFactory
  Stream<DynamicTest> what_becomes_of_threads_that_the_program_starts() {
    return KnownProgramsTest.scenarios(Started.class)
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Explorer.Result result =
                          Programs.explorer()
                              .explore(Started.class.getName(), name, List.of(), BUDGET, 1);
                      String told = result.finding().map(f -> f.kind().name()).orElse("nothing");
                      String kind = name.substring(name.lastIndexOf('_') + 1);
                      assertEquals(kind, told, () -> result.finding() + " " + name);
                    }));
  }

  /** Their types are newer than what the grader is compiled with. */
  private static final String BUILT =
      """
      package toys;

      import java.util.concurrent.Executors;
      import java.util.concurrent.atomic.AtomicInteger;
      import threadmill.explore.Scenario;

      public class Built {
        void a_virtual_thread_and_another_race_SAFETY(Scenario s) {
          int[] count = new int[1];
          s.thread("A", () -> {
            Thread one = Thread.ofVirtual().name("v-", 0).start(() -> count[0]++);
            Thread other = Thread.startVirtualThread(() -> count[0]++);
            one.join();
            other.join();
            s.require(count[0] == 2, "both count");
          });
        }

        void threads_are_as_their_builder_says_nothing(Scenario s) {
          AtomicInteger told = new AtomicInteger();
          s.thread("A", () -> {
            Thread virtual = Thread.ofVirtual().name("v-", 0).unstarted(() -> {});
            s.require(virtual.isVirtual() && virtual.getName().equals("v-0"), "virtual");
            s.require(!Thread.currentThread().isVirtual(), "platform");
            Thread one = Thread.ofPlatform().daemon().priority(3).name("w")
                .uncaughtExceptionHandler((t, e) -> told.incrementAndGet()).factory()
                .newThread(() -> { throw new AssertionError(); });
            one.start();
            one.join();
            s.require(told.get() == 1 && one.isDaemon() && one.getPriority() == 3, "platform");
          });
        }

        void an_executor_of_virtual_threads_waits_for_them_nothing(Scenario s) {
          AtomicInteger done = new AtomicInteger();
          s.thread("A", () -> {
            try (var tasks = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
              tasks.submit(done::incrementAndGet);
            }
            s.require(done.get() == 1, "it is done");
          });
        }
      }
      """;

  @TestFactory
  @EnabledForJreRange(min = JRE.JAVA_21)
  Stream<DynamicTest> threads_may_be_built(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("Built.java"), BUILT);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertEquals(0, failed);
    ClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, StartedThreadsTest.class.getClassLoader());
    Predicate<String> ours = name -> name.startsWith("toys.");
    Explorer explorer = new Explorer(loader, ours, ours);
    return KnownProgramsTest.scenarios(loader.loadClass("toys.Built"))
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Explorer.Result result =
                          explorer.explore("toys.Built", name, List.of(), BUDGET, 1);
                      String told = result.finding().map(f -> f.kind().name()).orElse("nothing");
                      String kind = name.substring(name.lastIndexOf('_') + 1);
                      assertEquals(kind, told, () -> result.finding() + " " + name);
                    }));
  }
}

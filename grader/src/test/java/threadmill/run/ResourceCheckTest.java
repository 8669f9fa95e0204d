package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import threadmill.harness.OwnUse;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Limits;

/** The same complaint of two programs: one that used little, and one that used it all up. */
class ResourceCheckTest {
  @TempDir private Path folder;
  private String temp;
  private int tasks;

  @BeforeEach
  void be_a_child() {
    temp = System.setProperty("java.io.tmpdir", folder.toString());
    // Other tests may have left threads behind.
    tasks = 4 * OwnUse.tasks() + 100;
    Limits limits = new Limits(60, 1_024, tasks, 1_024, 128, 2, 32);
    String[] property = ResourceCheck.property(limits).substring(2).split("=");
    System.setProperty(property[0], property[1]);
    OwnUse.begin();
  }

  @AfterEach
  void be_a_test_again() {
    System.setProperty("java.io.tmpdir", temp);
  }

  @ParameterizedTest
  @CsvSource({
    "'your code threw OutOfMemoryError: unable to create native thread', processes and threads",
    "'java.io.IOException: error=11, Resource temporarily unavailable', processes and threads",
    "'/tmp/x (Too many open files in system)', file descriptors",
    "'/tmp/x: No space left on device', space for files",
    "'/tmp/x: Disk quota exceeded', space for files",
    "'Cannot run program \"cat\": error=12, Cannot allocate memory', memory"
  })
  void what_the_system_had_none_of_is_the_machines_fault(String words, String what) {
    Optional<String> excuse = new ResourceCheck().excuse(Finding.of(Kind.CRASH, words));
    assertEquals(Optional.of("the machine ran out of " + what + " meanwhile"), excuse);
  }

  @Test
  void what_the_evidence_says_counts_as_well() {
    Finding finding =
        Finding.of(Kind.STUCK, "put() waits for ever").with(List.of("at x: error=11, no more"));
    assertTrue(new ResourceCheck().excuse(finding).isPresent());
  }

  @Test
  void other_mistakes_are_the_programs() {
    assertEquals(
        Optional.empty(), new ResourceCheck().excuse(Finding.of(Kind.SAFETY, "two at once")));
    Finding own = Finding.of(Kind.LEAK, "/dev/null (Too many open files)");
    assertEquals(Optional.empty(), new ResourceCheck().excuse(own));
  }

  @Test
  void a_program_that_had_most_of_its_threads_has_used_them_up_itself() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < tasks / 2; i++) {
      Thread thread = new Thread(() -> await(end));
      thread.start();
      threads.add(thread);
    }
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    Finding bomb = Finding.of(Kind.CRASH, "OutOfMemoryError: unable to create native thread");
    assertEquals(Optional.empty(), new ResourceCheck().excuse(bomb));
  }

  @Test
  void a_program_that_has_filled_its_folder_has_done_so_itself() throws Exception {
    Files.write(folder.resolve("fill"), new byte[1 << 20]);
    Finding full = Finding.of(Kind.CRASH, "fill: No space left on device");
    assertEquals(Optional.empty(), new ResourceCheck().excuse(full));
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

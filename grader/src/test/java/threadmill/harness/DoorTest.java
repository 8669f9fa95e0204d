package threadmill.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.model.Finding;
import threadmill.model.Kind;

/** Where processes wait, with threads and processes that wait there. */
class DoorTest {
  private static final String CALL = "waitAt()";
  private static final long SELF = ProcessHandle.current().pid();

  private final Crew crew = new Crew();
  private volatile boolean opened;

  @AfterEach
  void dismiss() {
    crew.close();
  }

  /** A process that says by its exit value whether it was let in. */
  static final class Visitor {
    private Visitor() {}

    public static void main(String[] address) {
      Runtime.getRuntime().halt(Door.waitAt(address[0]) ? 42 : 7);
    }
  }

  @Test
  void nobody_comes_in_before_the_door_is_opened() {
    try (Door door = Door.shut()) {
      Step<Boolean> waiting = crew.asks(CALL, () -> Door.waitAt(door.address()) && opened);
      crew.until(() -> door.callers().contains(SELF), "the caller reports");
      opened = true;
      door.letIn();
      assertTrue(waiting.finishes("the door is open"));
    }
  }

  @Test
  void who_comes_later_finds_the_door_open() {
    try (Door door = Door.shut()) {
      door.letIn();
      assertTrue(crew.answer(CALL, () -> Door.waitAt(door.address())));
    }
  }

  @Test
  void who_waits_at_a_door_that_is_closed_is_sent_away() {
    Door door = Door.shut();
    Step<Boolean> waiting = crew.asks(CALL, () -> Door.waitAt(door.address()));
    crew.until(() -> door.callers().contains(SELF), "the caller reports");
    door.close();
    assertFalse(waiting.finishes("the door is gone"));
  }

  @Test
  void where_there_is_no_door_nobody_is_let_in(@TempDir Path dir) {
    assertFalse(Door.waitAt(dir.resolve("none").toString()));
  }

  @Test
  void two_threads_of_one_process_are_one_caller_and_both_are_let_in() {
    try (Door door = Door.shut()) {
      Step<Boolean> one = crew.asks(CALL, () -> Door.waitAt(door.address()));
      crew.until(() -> door.callers().contains(SELF), "the first one reports");
      Step<Boolean> other = crew.asks(CALL, () -> Door.waitAt(door.address()));
      door.letIn();
      assertTrue(one.finishes("the door is open"));
      assertTrue(other.finishes("the door is open"));
      assertEquals(List.of(SELF), door.callers());
    }
  }

  @Test
  void who_leaves_without_a_word_is_no_caller_and_holds_nobody_up() throws IOException {
    try (Door door = Door.shut()) {
      door.letIn();
      try (SocketChannel rude =
          SocketChannel.open(UnixDomainSocketAddress.of(Path.of(door.address())))) {
        rude.write(ByteBuffer.allocate(3));
      }
      assertTrue(crew.answer(CALL, () -> Door.waitAt(door.address())));
      assertEquals(List.of(SELF), door.callers());
    }
  }

  @Test
  void a_process_reports_under_its_own_number_and_is_let_in() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    try (Door door = Door.shut()) {
      Process process =
          new ProcessBuilder(java, "-cp", classes, Visitor.class.getName(), door.address())
              .inheritIO()
              .start();
      try {
        crew.until(() -> !process.isAlive() || !door.callers().isEmpty(), "a process that reports");
        assertEquals(List.of(process.pid()), door.callers());
        door.letIn();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it was let in, and goes on waiting");
        assertEquals(42, process.exitValue());
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void a_closed_door_leaves_no_file(@TempDir Path dir) throws IOException {
    try (Door door = Door.in(dir)) {
      assertTrue(Files.exists(Path.of(door.address())));
    }
    assertEquals(List.of(), files(dir));
  }

  @Test
  void a_folder_whose_name_is_too_long_is_refused_in_words_and_nothing_is_left(@TempDir Path dir)
      throws IOException {
    Path place = Files.createDirectory(dir.resolve("long".repeat(25)));
    Finding finding = assertThrows(Failure.class, () -> Door.in(place)).finding();
    assertEquals(Kind.INCONCLUSIVE, finding.kind());
    assertTrue(finding.sentence().startsWith("the name of a socket may have 107 bytes, and "));
    assertTrue(finding.sentence().endsWith(": set java.io.tmpdir to a folder with a shorter name"));
    assertEquals(List.of(), files(place));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}

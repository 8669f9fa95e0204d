package threadmill.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.lab.Plot.Curve;

class LabTest {
  @Test
  void each_lab_belongs_to_an_exercise_and_is_found_by_its_id() {
    for (Lab lab : Lab.all()) {
      assertEquals(lab.getClass(), Lab.of(lab.id()).orElseThrow().getClass());
    }
    assertTrue(Lab.of("labs.none").isEmpty());
  }

  @Test
  void planted_costs_are_found_in_rounds_that_end() {
    AtomicLong now = new AtomicLong();
    Rounds rounds = new Rounds(now::get);
    AtomicLong runs = new AtomicLong();
    rounds.add("cheap", 10, () -> now.addAndGet(runs.incrementAndGet() % 50 == 0 ? 90_000 : 200));
    rounds.add("dear", 1, () -> now.addAndGet(5_000_000));
    rounds.run(1);
    assertEquals(200, rounds.median("cheap"));
    assertEquals(5_000_000, rounds.median("dear"));
    assertEquals("25000.0", rounds.row("dear", "cheap").get(3));
    assertEquals("0.200", rounds.row("cheap", "dear").get(1));
    assertTrue(rounds.nanos("dear").length > 100);
  }

  @Test
  void a_slice_that_others_get_meets_a_part_of_a_reading_and_not_its_median() {
    AtomicLong now = new AtomicLong();
    AtomicLong runs = new AtomicLong();
    Rounds rounds = new Rounds(now::get);
    rounds.add("hand-off", 200, () -> now.addAndGet(runs.incrementAndGet() % 50 == 0 ? 90_000 : 5));
    assertEquals(5, rounds.reading("hand-off"));
    assertEquals(200, runs.get());
  }

  @Test
  void what_is_measured_as_a_whole_is_divided_by_what_it_does() {
    AtomicLong now = new AtomicLong();
    Rounds rounds = new Rounds(now::get).addWhole("game", 1_000, () -> now.addAndGet(7_000));
    assertEquals(7, rounds.reading("game"));
  }

  @Test
  void everything_that_is_held_is_closed_although_one_cannot_be() {
    AtomicLong closed = new AtomicLong();
    Rounds rounds = new Rounds(() -> 0);
    rounds.hold(closed::incrementAndGet);
    rounds.hold(LabTest::failing);
    rounds.hold(closed::incrementAndGet);
    assertThrows(IOException.class, rounds::close);
    assertEquals(2, closed.get());
  }

  private static void failing() throws IOException {
    throw new IOException("gone");
  }

  @Test
  void pictures_of_very_different_heights_are_written(@TempDir Path dir) throws IOException {
    Plot bars =
        Plot.bars("bars", "microseconds", List.of("a", "b", "c"), List.of(0.004, 17.0, 42e4));
    Plot curves =
        Plot.curves(
            "curves",
            "speed-up",
            List.of(
                new Curve("measured", new double[] {1, 2, 4}, new double[] {1, 1.8, 2}, false),
                new Curve("fitted", new double[] {1, 2, 4}, new double[] {1, 1.7, 2.2}, true)));
    for (Plot plot : List.of(bars, curves)) {
      for (Path file : plot.write(dir.resolve("new"), "plot")) {
        assertTrue(Files.size(file) > 1_000, file + " is empty");
      }
    }
  }

  @Test
  void a_batch_that_does_many_units_in_one_run_is_divided_by_them() {
    AtomicLong now = new AtomicLong();
    Rounds rounds = new Rounds(now::get);
    rounds.addWhole("two hundred hand-offs", 200, () -> now.addAndGet(1_000_000));
    rounds.run(1);
    assertEquals(5_000, rounds.median("two hundred hand-offs"));
  }

  @Test
  void a_picture_as_svg_is_small_and_its_letters_stay_letters(@TempDir Path dir)
      throws IOException {
    Plot bars =
        Plot.bars("There & back", "microseconds", List.of("a < b", "c"), List.of(0.5, 42e4));
    Path file = bars.write(dir, "plot").get(0);
    String svg = Files.readString(file);
    assertTrue(svg.length() < 5_000, svg.length() + " characters");
    for (String text : List.of("There &amp; back", ">a &lt; b<", ">0.5<", ">420,000<", ">0.1<")) {
      assertTrue(svg.contains(text), text + " is not in " + svg);
    }
  }
}

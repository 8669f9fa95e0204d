package threadmill.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import threadmill.kit.Specimen.Role;
import threadmill.model.Exercise;

class KitTest {
  @TempDir private Path temp;

  @Test
  void this_checkout_is_found_from_a_folder_inside_it() {
    Path grader = Path.of("").toAbsolutePath();
    Kit kit = Kit.find(Path.of(""));
    assertEquals(grader.getParent(), kit.root());
    assertEquals(kit.root().resolve("exercises/src/main/java"), kit.sources());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_checkout_whose_path_would_break_class_paths_is_refused() throws IOException {
    Path odd = temp.resolve("a" + File.pathSeparator + "b");
    KitException refused = assertThrows(KitException.class, () -> MiniKit.in(odd).read());
    assertEquals(
        "the path " + odd + " has '" + File.pathSeparator + "' in it, as class paths do; move it",
        refused.getMessage());
  }

  @Test
  void the_exercises_of_this_checkout_come_in_the_order_of_study() {
    List<Exercise> exercises = Kit.find(Path.of("")).exercises();
    List<String> ids = exercises.stream().map(Exercise::id).toList();
    assertTrue(ids.contains("locks.semaphore"), ids.toString());
    assertTrue(ids.indexOf("ipc.frames") < ids.indexOf("locks.semaphore"), ids.toString());
    assertTrue(ids.indexOf("locks.semaphore") < ids.indexOf("locks.boundedbuffer"), ids.toString());
    assertTrue(ids.indexOf("locks.boundedbuffer") < ids.indexOf("deadlock.transfer"), "" + ids);
    for (int i = 1; i < exercises.size(); i++) {
      String before = exercises.get(i - 1).order();
      assertTrue(Kit.compareOrder(before, exercises.get(i).order()) < 0, before + " is not alone");
    }
  }

  @Test
  void an_exercise_answers_to_its_number_too() {
    Kit kit = Kit.find(Path.of(""));
    assertEquals("locks.mutex", kit.exercise("5.2").id());
    List<Exercise> chosen = kit.exercises(List.of("7.1", "locks.mutex"));
    assertEquals(List.of("5.2", "7.1"), chosen.stream().map(Exercise::order).toList());
  }

  @Test
  void an_exercise_of_this_checkout_knows_its_files() {
    Exercise transfer = Kit.find(Path.of("")).exercise("deadlock.transfer");
    assertEquals("deadlock/transfer", transfer.folder());
    assertEquals(List.of("Transfers.java"), names(transfer.stubs()));
    assertTrue(names(transfer.given()).containsAll(List.of("Todo.java", "Account.java")));
    assertTrue(names(transfer.contracts()).contains("TransfersTest.java"));
    assertEquals(3, transfer.hints().size());
    assertTrue(Kit.find(Path.of("")).exercise("ipc.frames").linuxOnly());
    assertFalse(transfer.linuxOnly());
  }

  @Test
  void the_specimens_of_this_checkout_are_stub_reference_variants_and_mutants() {
    Kit kit = Kit.find(Path.of(""));
    for (String id : List.of("locks.semaphore", "deadlock.transfer")) {
      List<Specimen> specimens = kit.specimens(kit.exercise(id));
      List<Role> roles = specimens.stream().map(Specimen::role).toList();
      assertEquals(roles.stream().sorted().toList(), roles);
      assertEquals(List.of(Role.STUB, Role.REFERENCE), roles.subList(0, 2));
      assertTrue(specimens.stream().allMatch(s -> Files.isDirectory(s.folder())));
      assertTrue(
          specimens.stream().allMatch(s -> s.killer().isPresent() == (s.role() == Role.MUTANT)));
    }
  }

  @Test
  void nothing_is_touched_in_a_fresh_checkout() throws Exception {
    Path root = Kit.find(Path.of("")).root();
    copy(root.resolve("exercises/src/stubs"), temp.resolve("exercises/src/stubs"));
    for (Exercise exercise : Kit.find(root).exercises()) {
      Path folder = temp.resolve("exercises/src/main/java").resolve(exercise.folder());
      Files.createDirectories(folder);
      Files.copy(exercise.readme(), folder.resolve("README.md"));
      for (Path stub : exercise.stubs()) {
        Files.copy(stub, folder.resolve(stub.getFileName()));
      }
    }
    Kit fresh = Kit.find(temp);
    assertEquals(Kit.find(root).exercises().size(), fresh.exercises().size());
    assertEquals(List.of(), fresh.exercises().stream().filter(fresh::isTouched).toList());
  }

  @Test
  void a_changed_or_a_missing_file_is_touched() throws Exception {
    MiniKit mini = MiniKit.in(temp);
    assertFalse(mini.read().isTouched(mini.exercise()));
    mini.write("exercises/src/main/java/toys/counter/Counter.java", MiniKit.STUB + " ");
    assertTrue(mini.read().isTouched(mini.exercise()));
    mini.delete("exercises/src/main/java/toys/counter/Counter.java");
    assertTrue(mini.read().isTouched(mini.exercise()));
  }

  @Test
  void a_helper_of_the_students_is_no_touch_of_the_stub() throws Exception {
    MiniKit mini = MiniKit.in(temp);
    mini.write("exercises/src/main/java/toys/counter/Cell.java", "package toys.counter;");
    assertFalse(mini.read().isTouched(mini.exercise()));
  }

  @Test
  void outside_a_checkout_there_is_no_kit() {
    KitException thrown = assertThrows(KitException.class, () -> Kit.find(temp));
    assertEquals(
        temp
            + " is not inside a Threadmill checkout: no folder above it has"
            + " exercises/src/main/java",
        thrown.getMessage());
  }

  @Test
  void a_wrong_id_is_answered_with_the_nearest_ones() {
    Kit kit = Kit.find(Path.of(""));
    assertTrue(
        fault(kit, "locks.semafore")
            .startsWith("there is no exercise 'locks.semafore'; the nearest are locks.semaphore, "),
        fault(kit, "locks.semafore"));
    assertTrue(fault(kit, "transfers").contains("the nearest are deadlock.transfer, "));
    assertEquals(3, fault(kit, "frames").split("the nearest are ")[1].split(", ").length);
  }

  @Test
  void ids_select_exercises_in_the_order_of_study_and_none_selects_all() {
    Kit kit = Kit.find(Path.of(""));
    List<Exercise> two = kit.exercises(List.of("locks.semaphore", "ipc.frames"));
    assertEquals(List.of("ipc.frames", "locks.semaphore"), two.stream().map(Exercise::id).toList());
    assertEquals(kit.exercises(), kit.exercises(List.of()));
    assertThrows(KitException.class, () -> kit.exercises(List.of("ipc.frames", "ipc.frame")));
  }

  @Test
  void the_stub_of_an_exercise_is_not_given_and_everything_else_beside_it_is() throws Exception {
    Exercise exercise = MiniKit.in(temp).exercise();
    assertEquals(List.of("Counter.java"), names(exercise.stubs()));
    assertEquals(List.of("Todo.java", "Step.java"), names(exercise.given()));
    assertEquals(List.of("CounterTest.java"), names(exercise.contracts()));
    assertEquals(5, exercise.points());
    assertEquals(
        List.of("The mildest.", "A stronger one.", "Nearly the answer."), exercise.hints());
  }

  @Test
  void a_folder_without_a_readme_is_no_exercise() throws Exception {
    MiniKit mini = MiniKit.in(temp);
    mini.write("exercises/src/main/java/toys/drum/Drum.java", "package toys.drum;");
    assertEquals(List.of(MiniKit.ID), mini.read().exercises().stream().map(Exercise::id).toList());
  }

  @Test
  void a_readme_that_is_wrong_is_named() throws Exception {
    MiniKit mini = MiniKit.in(temp);
    Path readme = mini.write("exercises/src/main/java/toys/counter/README.md", "# Counter\n");
    KitException thrown = assertThrows(KitException.class, mini::read);
    assertTrue(thrown.getMessage().startsWith(readme.toString()), thrown.getMessage());
  }

  @Test
  void an_exercise_that_is_only_begun_has_only_the_specimens_it_has() throws Exception {
    MiniKit mini = MiniKit.in(temp);
    String readme = MiniKit.README.replace("1.1", "1.2");
    mini.write("exercises/src/main/java/toys/drum/README.md", readme);
    Kit kit = mini.read();
    assertEquals(List.of(), kit.specimens(kit.exercise("toys.drum")));
  }

  @Test
  void the_tenth_comes_after_the_ninth() {
    List<String> orders = new ArrayList<>(List.of("5.10", "10.1", "5.9", "5", "5.9.1", "2.11"));
    Collections.shuffle(orders, new Random(1));
    orders.sort(Kit::compareOrder);
    assertEquals(List.of("2.11", "5", "5.9", "5.9.1", "5.10", "10.1"), orders);
  }

  @Property(tries = 200)
  void orders_compare_like_lists_of_numbers(
      @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 20) Integer> a,
      @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 20) Integer> b) {
    int expected = Arrays.compare(ints(a), ints(b));
    assertEquals(Integer.signum(expected), Integer.signum(Kit.compareOrder(dotted(a), dotted(b))));
  }

  @Test
  void the_version_is_that_of_the_build() {
    assertTrue(Kit.version().matches("\\d+\\.\\d+\\.\\d+(-\\w+)?"), Kit.version());
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private static String dotted(List<Integer> numbers) {
    return String.join(".", numbers.stream().map(String::valueOf).toList());
  }

  private static String fault(Kit kit, String id) {
    return assertThrows(KitException.class, () -> kit.exercise(id)).getMessage();
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(f -> f.getFileName().toString()).toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }
}

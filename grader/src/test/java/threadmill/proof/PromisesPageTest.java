package threadmill.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import threadmill.kit.Kit;
import threadmill.kit.Promises;
import threadmill.model.Exercise;
import threadmill.run.Grader;

class PromisesPageTest {
  private static final Kit KIT = Kit.find(Path.of(""));
  private static final Grader GRADER = Grader.forFeedback(KIT);

  @Test
  void no_promise_is_without_a_check_and_no_check_without_a_promise() {
    List<String> faults = new ArrayList<>();
    for (Exercise exercise : KIT.exercises()) {
      faults.addAll(Promises.of(exercise).faults(GRADER.checks(exercise)));
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void the_page_tells_of_the_promises_as_they_are() throws IOException {
    String page = Files.readString(KIT.root().resolve("docs/promises.md"));
    assertEquals(page, PromisesPage.of(KIT, GRADER), "make it again: ./threadmill dev promises");
  }
}

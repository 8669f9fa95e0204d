package threadmill.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import threadmill.kit.Kit;

class MutantsPageTest {
  @Test
  void the_page_tells_of_the_mutants_as_they_are() throws IOException {
    Kit kit = Kit.find(Path.of(""));
    String page = Files.readString(kit.root().resolve("docs/mutants.md"));
    assertEquals(page, MutantsPage.of(kit), "make it again: ./threadmill dev mutants");
  }
}

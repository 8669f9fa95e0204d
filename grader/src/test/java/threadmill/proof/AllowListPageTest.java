package threadmill.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import threadmill.kit.Kit;

class AllowListPageTest {
  private static final Kit KIT = Kit.find(Path.of(""));

  @Test
  void nothing_is_open_that_was_not_reviewed() throws IOException {
    assertEquals(List.of(), AllowListPage.unreviewed(KIT));
  }

  /** The page tells of JDK 17; a newer one has more members and other code inside. */
  @Test
  void the_page_says_what_the_lists_open() throws IOException {
    if (Runtime.version().feature() == 17) {
      String page = Files.readString(KIT.root().resolve("docs/allow-lists.md"));
      assertEquals(page, AllowListPage.of(KIT), "make it again: ./threadmill dev lists");
    }
  }
}

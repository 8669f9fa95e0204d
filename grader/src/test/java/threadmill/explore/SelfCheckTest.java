package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelfCheckTest {
  @Test
  void the_explorer_works_on_this_jvm() {
    assertEquals(Optional.empty(), SelfCheck.complaint());
  }
}

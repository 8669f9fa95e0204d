package threadmill.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowListTest {
  @Test
  void what_no_line_speaks_of_is_refused() {
    AllowList list = list("java.util.*");
    assertFalse(list.mentions("java.io.File"));
    assertEquals(Optional.empty(), list.decides("java.io.File", "delete", "delete()"));
  }

  @Test
  void a_package_is_allowed_without_its_sub_packages() {
    AllowList list = list("java.util.*");
    assertTrue(list.mentions("java.util.Map$Entry"));
    assertFalse(list.mentions("java.util.jar.JarFile"));
  }

  @Test
  void the_last_line_decides() {
    AllowList list = list("java.lang.*\n- java.lang.Class\njava.lang.Class: getName");
    assertTrue(list.mentions("java.lang.Class"));
    assertEquals(Optional.of(true), list.decides("java.lang.Class", "getName", "getName()"));
    assertEquals(Optional.of(false), list.decides("java.lang.Class", "forName", "forName(String)"));
  }

  @Test
  void a_type_may_be_mentioned_without_any_of_its_members() {
    AllowList list = list("java.lang.invoke.CallSite:");
    assertTrue(list.mentions("java.lang.invoke.CallSite"));
    assertEquals(
        Optional.empty(), list.decides("java.lang.invoke.CallSite", "getTarget", "getTarget()"));
  }

  @Test
  void a_member_may_carry_its_parameters() {
    AllowList list = list("java.io.*\n- java.io.PrintWriter: new(String)");
    assertEquals(Optional.of(false), list.decides("java.io.PrintWriter", "new", "new(String)"));
    assertEquals(Optional.of(true), list.decides("java.io.PrintWriter", "new", "new(Writer)"));
  }

  @Test
  void refused_members_leave_the_type_open() {
    assertTrue(list("java.lang.*\n- java.lang.Thread: stop").mentions("java.lang.Thread"));
  }

  @Test
  void every_group_can_be_read() {
    list("group common\ngroup processes\ngroup files # all there are");
  }

  @Test
  void a_line_that_is_not_understood_is_named() {
    AllowListException wrong =
        assertThrows(AllowListException.class, () -> list("java.util.*\njava util"));
    assertEquals("list:2: 'java util' is no package, type or member", wrong.getMessage());
  }

  @Test
  void a_group_that_is_not_there_is_named() {
    AllowListException wrong =
        assertThrows(AllowListException.class, () -> list("group evrything"));
    assertEquals("list:1: there is no group 'evrything'", wrong.getMessage());
  }

  @Test
  void a_list_that_is_not_there_closes_the_exercise(@TempDir Path folder) {
    Path file = folder.resolve("allow.txt");
    AllowListException wrong = assertThrows(AllowListException.class, () -> AllowList.read(file));
    assertEquals(
        file + " cannot be read; it says what a submission may use, see docs/authoring.md",
        wrong.getMessage());
  }

  private static AllowList list(String text) {
    return AllowList.parse(text, "list");
  }
}

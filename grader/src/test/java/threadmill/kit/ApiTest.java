package threadmill.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTest {
  private static final String WANTED =
      """
      package toys;

      public class Box<T> implements Comparable<Box<T>> {
        public static final int SIZE = 1;
        protected String[] names;

        public Box(int size) {}

        public T take(long timeout, java.util.concurrent.TimeUnit unit) { return null; }
        protected static void put(int[][] items) {}
        @Override public int compareTo(Box<T> other) { return 0; }

        int hidden;
        void helper() {}
        private void secret() {}
      }
      """;

  @TempDir private Path one;
  @TempDir private Path two;

  @Test
  void members_are_named_in_the_words_of_their_declaration() throws Exception {
    assertEquals(
        Set.of(
            "Box implements java.lang.Comparable",
            "public static int SIZE",
            "protected String[] names",
            "public Box(int)",
            "public Object take(long, TimeUnit)",
            "protected static void put(int[][])",
            "public int compareTo(Box)"),
        Api.of(Javac.compile(one, WANTED)).members().get("toys.Box"));
  }

  @Test
  void the_same_api_lacks_nothing() throws Exception {
    assertEquals(List.of(), missing(WANTED, WANTED));
  }

  @Test
  void what_was_added_or_was_never_public_is_not_missed() throws Exception {
    String other =
        WANTED
            .replace("int hidden;", "public int more;")
            .replace("void helper() {}", "public void another() {}")
            .replace("private void secret() {}", "");
    assertEquals(List.of(), missing(WANTED, other));
  }

  @Test
  void a_renamed_method_is_missed() throws Exception {
    assertEquals(
        List.of("public Object take(long, TimeUnit)"),
        missing(WANTED, WANTED.replace("take(", "get(")));
  }

  @Test
  void a_method_that_takes_or_returns_something_else_is_missed() throws Exception {
    assertEquals(
        List.of("public Object take(long, TimeUnit)"),
        missing(WANTED, WANTED.replace("take(long", "take(int")));
    assertEquals(
        List.of("public Object take(long, TimeUnit)"),
        missing(WANTED, WANTED.replace("public T take", "public String take")));
  }

  @Test
  void a_member_that_is_no_longer_public_or_static_is_missed() throws Exception {
    assertEquals(
        List.of("public Box(int)"), missing(WANTED, WANTED.replace("public Box(", "Box(")));
    assertEquals(
        List.of("public static int SIZE"),
        missing(WANTED, WANTED.replace("public static final int SIZE", "public final int SIZE")));
    assertEquals(
        List.of("protected static void put(int[][])"),
        missing(WANTED, WANTED.replace("protected static void put", "static void put")));
  }

  @Test
  void an_interface_that_is_no_longer_implemented_is_missed() throws Exception {
    String other = WANTED.replace("implements Comparable<Box<T>> ", "").replace("@Override ", "");
    assertEquals(List.of("Box implements java.lang.Comparable"), missing(WANTED, other));
  }

  @Test
  void a_type_that_is_gone_or_hidden_is_missed_as_a_whole() throws Exception {
    assertEquals(List.of("the public type Box"), missing(WANTED, WANTED.replace("Box", "Chest")));
    assertEquals(
        List.of("the public type Box"), missing(WANTED, WANTED.replace("public class", "class")));
  }

  @Test
  void a_hidden_type_is_not_wanted() throws Exception {
    assertEquals(List.of(), missing("class Cell { public int value; }", "class Other {}"));
  }

  @Test
  void class_files_that_are_not_there_are_named() {
    Path nowhere = one.resolve("nowhere");
    KitException thrown = assertThrows(KitException.class, () -> Api.of(nowhere));
    assertEquals("cannot read the class files in " + nowhere, thrown.getMessage());
  }

  private List<String> missing(String wanted, String offered) throws Exception {
    Path mine = one.resolve(Integer.toHexString(offered.hashCode()));
    Path theirs = two.resolve(Integer.toHexString(offered.hashCode()));
    return Api.of(Javac.compile(mine, wanted)).missingIn(Api.of(Javac.compile(theirs, offered)));
  }
}

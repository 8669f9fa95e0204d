package threadmill.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.harness.CheckId;
import threadmill.model.Check;

class ContractReaderTest {
  @TempDir private Path temp;

  @Test
  void checks_come_in_the_order_of_the_source() throws Exception {
    List<Check> checks =
        read(
            """
            import threadmill.harness.CheckId;
            class T {
              @CheckId("Z") void zebra() {}
              @CheckId("A") void ape() {}
              void helper() {}
              @CheckId("M")
              void mouse() {
                Runnable r = () -> System.out.println();
              }
            }
            """);
    assertEquals(List.of("Z", "A", "M"), checks.stream().map(Check::id).toList());
  }

  @Test
  void a_check_says_what_it_is_worth_and_where_it_is() throws Exception {
    List<Check> checks =
        read(
            """
            package toys;
            import threadmill.harness.CheckId;
            class T {
              @CheckId(value = "S6", points = 4, limitSeconds = 90)
              void a_waiter_sleeps(int any) {}
            }
            """);
    assertEquals(
        List.of(new Check("S6", "A waiter sleeps", 4, 90, "toys.T", "a_waiter_sleeps")), checks);
  }

  @Test
  void the_defaults_are_those_of_the_annotation() throws Exception {
    Check check = read("class T { @threadmill.harness.CheckId(\"A\") void a() {} }").get(0);
    assertEquals(CheckId.class.getMethod("points").getDefaultValue(), check.points());
    assertEquals(CheckId.class.getMethod("limitSeconds").getDefaultValue(), check.limitSeconds());
  }

  @Test
  void nested_classes_hold_checks_too() throws Exception {
    List<Check> checks =
        read("class T { static class N { @threadmill.harness.CheckId(\"A\") void a() {} } }");
    assertEquals("T$N", checks.get(0).testClass());
  }

  @Test
  void other_annotations_make_no_check() throws Exception {
    assertEquals(
        List.of(),
        read(
            "class T { @Deprecated void a() {} @Override public String "
                + "toString() { return null; } }"));
  }

  @Test
  void a_method_name_is_read_as_a_sentence() {
    assertEquals("A waiter sleeps", ContractReader.sentence("a_waiter_sleeps"));
    assertEquals("IO fails", ContractReader.sentence("IO_fails"));
    assertEquals("X", ContractReader.sentence("_x_"));
  }

  @Test
  void a_missing_folder_is_named() {
    Path nowhere = temp.resolve("nowhere");
    KitException thrown = assertThrows(KitException.class, () -> ContractReader.read(nowhere));
    assertEquals("cannot read the compiled contract in " + nowhere, thrown.getMessage());
  }

  private List<Check> read(String source) throws Exception {
    return ContractReader.read(Javac.compile(temp, source));
  }
}

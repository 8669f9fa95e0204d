package threadmill.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageClauseTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "package toys.counter;",
        "package toys.counter;class A {}",
        "\n\r\n\t package\ttoys.counter ;\nclass A {}",
        "package\n  toys .\n  counter\n;",
        "\uFEFFpackage toys.counter;",
        "// Copyright\n// package wrong;\npackage toys.counter;",
        "/* one */ /* two */package toys.counter;",
        "/** The package wrong; is not it. */\npackage toys.counter;",
        "/**\n * package wrong;\n **/\npackage toys.counter;",
        "/**/package toys.counter;",
        "/***/ // */ package wrong;\npackage toys.counter;",
        "/* // */ package toys.counter;",
        "package toys.counter;\npackage wrong;"
      })
  void the_clause_is_found(String source) {
    assertEquals(Optional.of("toys.counter"), PackageClause.of(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   \n",
        "class A {}",
        "import java.util.List; package toys.counter;",
        "class A { String s = \"package toys.counter;\"; }",
        "// package toys.counter;",
        "/* package toys.counter;",
        "/** package toys.counter; *",
        "/",
        "/*/ package toys.counter;",
        "package toys.counter",
        "package ;",
        "package;",
        "packagetoys.counter;",
        "Package toys.counter;",
        "package toys-counter;",
        "x package toys.counter;"
      })
  void there_is_no_clause(String source) {
    assertEquals(Optional.empty(), PackageClause.of(source));
  }

  @Test
  void a_very_long_comment_is_skipped() {
    String comment = "/*" + " * package wrong;\n".repeat(100_000) + "*/";
    assertEquals(Optional.of("toys.counter"), PackageClause.of(comment + "package toys.counter;"));
  }

  /** Would take years if the pattern could try the blanks in more than one way. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
  void a_sea_of_blanks_does_not_drown_the_grader() {
    assertEquals(Optional.empty(), PackageClause.of("package" + " ".repeat(200_000) + "!"));
  }

  @Property(tries = 500)
  void any_text_is_read_without_harm(@ForAll String text) {
    PackageClause.of(text).ifPresent(name -> assertEquals(name.strip(), name));
  }

  @Property(tries = 500)
  void pieces_of_java_in_any_order_are_read_without_harm(@ForAll("pieces") String text) {
    PackageClause.of(text)
        .ifPresent(name -> assertTrue(name.matches("[^\\s/*;]+"), () -> "'" + name + "'"));
  }

  @Property(tries = 200)
  void whatever_follows_the_clause_does_not_matter(@ForAll String rest) {
    assertEquals(Optional.of("toys.counter"), PackageClause.of("package toys.counter;" + rest));
  }

  @Property(tries = 200)
  void a_comment_before_the_clause_does_not_matter(@ForAll String comment) {
    String block = "/*" + comment.replace("*/", "* /") + "\n*/";
    assertEquals(Optional.of("toys.counter"), PackageClause.of(block + "package toys.counter;"));
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
            "package", " ", "\n", "/*", "*/", "//", "*", "/", ";", ".", "toys", "import", "\uFEFF")
        .list()
        .ofMaxSize(25)
        .map(pieces -> String.join("", pieces));
  }
}

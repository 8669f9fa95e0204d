package threadmill.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.model.Finding;
import threadmill.model.Where;

/** Each limit on class files, reached and exceeded by one. */
class ClassLimitsTest {
  @TempDir private Path work;

  @Test
  void five_hundred_classes_are_taken_and_not_one_more() throws IOException {
    assertEquals(Optional.empty(), exceeded(classes(500)));
    assertEquals(
        "compiles to more than 500 classes; hand in only what the exercise needs",
        sentence(classes(501)));
  }

  @Test
  void four_mebibytes_of_classes_are_taken_and_not_much_more() throws IOException {
    assertEquals(Optional.empty(), exceeded(texts(8, 8)));
    assertEquals(
        "compiles to more than 4 MiB of classes; hand in only what the exercise needs",
        sentence(texts(9, 8)));
  }

  @Test
  void a_class_of_half_a_mebibyte_is_taken_and_not_a_larger_one() throws IOException {
    assertEquals(Optional.empty(), exceeded(texts(1, 8)));
    assertEquals("the class C0 has more than 512 KiB; split it", sentence(texts(1, 9)));
  }

  @Test
  void a_method_of_8_000_bytes_is_taken_and_not_a_longer_one() throws IOException {
    assertEquals(Optional.empty(), exceeded(additions(799, "")));
    // Without its return, that is 7,990 bytes; a constant and a pop are 2.
    assertEquals(Optional.empty(), exceeded(additions(799, "one(); ".repeat(3))));
    Finding finding = exceeded(additions(799, "one(); ".repeat(4))).orElseThrow();
    assertEquals(
        "the method Box.many has more than 8,000 bytes of bytecode; split it", finding.sentence());
    assertEquals(Optional.of(new Where("toys/box/Box.java", 5)), finding.where());
  }

  @Test
  void a_method_with_240_variables_and_operands_is_taken_and_none_with_more() throws IOException {
    assertEquals(Optional.empty(), exceeded(variables(239)));
    assertEquals(
        "the method Box.many has more than 240 variables and operands; split it",
        sentence(variables(240)));
  }

  @Test
  void ten_thousand_constants_of_a_class_are_taken_and_not_many_more() throws IOException {
    assertEquals(Optional.empty(), exceeded(constants(9_900)));
    assertEquals(
        "the class Box needs more than 10,000 entries in its pool of constants; split it",
        sentence(constants(10_000)));
  }

  @Test
  void the_name_of_a_class_file_may_have_240_bytes() {
    assertEquals(Optional.empty(), ClassLimits.misnamed("한".repeat(78)));
    assertEquals(
        Optional.of(
            "the class "
                + "한".repeat(60)
                + "… has a class file whose name is longer than 240 bytes; shorten its name"),
        ClassLimits.misnamed("한".repeat(78) + "x"));
  }

  private static String classes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "class C" + i + " {}\n")
        .collect(Collectors.joining("", "package toys.box;\n", ""));
  }

  /** Classes with texts of nearly 64 KiB each. */
  private static String texts(int classes, int each) {
    return IntStream.range(0, classes)
        .mapToObj(
            i ->
                IntStream.range(0, each)
                    .mapToObj(k -> "String t" + k + " = \"" + k + "x".repeat(65_000) + "\";\n")
                    .collect(Collectors.joining("", "class C" + i + " {\n", "}\n")))
        .collect(Collectors.joining("", "package toys.box;\n", ""));
  }

  /** Ten bytes for each addition. */
  private static String additions(int count, String more) {
    return "package toys.box;\nclass Box {\n  int n;\n  void many() {\n"
        + "n++; ".repeat(count)
        + more
        + "\n  }\n  static void one() {}\n}\n";
  }

  /** One of its slots is for an operand. */
  private static String variables(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "int a" + i + " = 0;\n")
        .collect(
            Collectors.joining(
                "", "package toys.box;\nclass Box {\n  static void many() {\n", "  }\n}\n"));
  }

  private static String constants(int count) {
    return IntStream.range(0, count / 1_000 + 1)
        .mapToObj(
            m ->
                IntStream.range(m * 1_000, Math.min(count, m * 1_000 + 1_000))
                    .mapToObj(i -> "x ^= " + (100_000 + i) + ";\n")
                    .collect(Collectors.joining("", "void m" + m + "(int x) {\n", "}\n")))
        .collect(Collectors.joining("", "package toys.box;\nclass Box {\n", "}\n"));
  }

  private String sentence(String text) throws IOException {
    return exceeded(text).orElseThrow().sentence();
  }

  private Optional<Finding> exceeded(String text) throws IOException {
    Path file = Files.createTempDirectory(work, "src").resolve("Box.java");
    Files.writeString(file, text);
    Path classes = Files.createTempDirectory(work, "classes");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      var units = files.getJavaFileObjects(file);
      List<String> options = List.of("-proc:none", "-g", "-d", classes.toString());
      assertTrue(compiler.getTask(null, files, d -> {}, options, null, units).call(), text);
    }
    return ClassLimits.exceeded(classes, "toys.box");
  }
}

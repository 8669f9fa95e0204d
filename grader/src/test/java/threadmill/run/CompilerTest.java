package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.gate.ClassLimits;
import threadmill.jail.Jail;
import threadmill.kit.Kit;
import threadmill.kit.MiniKit;
import threadmill.kit.Workshop;
import threadmill.kit.Workshop.Bench;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Submission.Source;

/** What the compiler is stopped at, and whose fault it is. */
class CompilerTest {
  @TempDir private Path home;
  @TempDir private Path work;
  private Bench bench;

  @BeforeEach
  void open_a_kit() throws IOException {
    Kit kit = MiniKit.in(home).read();
    bench = new Workshop(kit, ClassPaths.ofChild()).bench(kit.exercises().get(0));
  }

  @Test
  void as_many_classes_as_allowed_are_written_and_not_one_more() throws IOException {
    assertEquals(Optional.empty(), problem(classes(ClassLimits.CLASSES)));
    assertEquals(ClassLimits.CLASSES, written().size());
    assertEquals(
        "compiles to more than 500 classes; hand in only what the exercise needs",
        problem(classes(ClassLimits.CLASSES + 1)).orElseThrow().sentence());
  }

  /** Each class would have eight texts of 25 kB, all of them together 80 MB. */
  @Test
  void small_sources_of_large_classes_are_stopped_while_they_are_written() throws IOException {
    String constants =
        IntStream.range(0, 10)
            .mapToObj(i -> "static final String D" + i + " = \"" + i + "\" + D;\n")
            .collect(Collectors.joining());
    String doubled =
        IntStream.rangeClosed(1, 9)
            .mapToObj(
                i -> "static final String A" + i + " = A" + (i - 1) + " + A" + (i - 1) + ";\n")
            .collect(Collectors.joining());
    String classes =
        IntStream.range(0, 400)
            .mapToObj(
                i ->
                    "class Z"
                        + i
                        + " { String[] s = {K.D0, K.D1, K.D2, K.D3, K.D4, K.D5, K.D6, K.D7}; }\n")
            .collect(Collectors.joining());
    String text =
        "class K {\nstatic final String A0 = \"12345678901234567890123456789012345678901234567890\";\n"
            + doubled
            + "static final String D = A9;\n"
            + constants
            + "}\n"
            + classes;
    assertEquals(
        "compiles to more than 4 MiB of classes; hand in only what the exercise needs",
        problem(text).orElseThrow().sentence());
    long bytes = 0;
    for (Path file : written()) {
      bytes += Files.size(file);
    }
    assertTrue(bytes <= ClassLimits.ALL_BYTES, "wrote " + bytes);
  }

  @Test
  void one_class_that_is_too_large_is_told_by_name() throws IOException {
    String texts =
        IntStream.range(0, 9)
            .mapToObj(i -> "String t" + i + " = \"" + i + "x".repeat(60_000) + "\";\n")
            .collect(Collectors.joining());
    assertEquals(
        Finding.of(Kind.CONTRACT, "the class Large has more than 512 KiB; split it"),
        problem("class Large {\n" + texts + "}\n").orElseThrow());
  }

  @Test
  void a_class_whose_name_no_file_can_have_is_its_own_fault() throws IOException {
    assertEquals(Optional.empty(), problem("class " + "L".repeat(234) + " {}\n"));
    assertEquals(
        Finding.of(
            Kind.CONTRACT,
            "the class "
                + "L".repeat(60)
                + "… has a class file whose name is longer than 240 bytes; shorten its name"),
        problem("class " + "L".repeat(235) + " {}\n").orElseThrow());
  }

  @Test
  void a_class_file_that_cannot_be_written_speaks_against_nobody() throws IOException {
    Files.createDirectories(work.resolve("order/classes/toys/counter/Second.class"));
    Finding finding = problem("class First {}\nclass Second {}\n").orElseThrow();
    assertEquals(Kind.INCONCLUSIVE, finding.kind());
    assertTrue(
        finding.sentence().startsWith("the class file of Second cannot be written ("),
        finding.sentence());
  }

  @Test
  void an_error_in_the_sources_is_told_even_where_files_cannot_be_written() throws IOException {
    Files.createDirectories(work.resolve("order/classes/toys/counter/First.class"));
    Finding finding = problem("class First { int x = true; }\n").orElseThrow();
    assertEquals(Kind.CONTRACT, finding.kind());
    assertEquals(
        "does not compile: incompatible types: boolean cannot be converted to int",
        finding.sentence());
  }

  @Test
  void a_compiler_that_breaks_speaks_against_nobody_and_is_named() {
    String said =
        """
        An exception has occurred in the compiler (17.0.15). Please file a bug against the compiler.
        java.lang.AssertionError: no such luck
        \tat jdk.compiler/com.sun.tools.javac.util.Assert.error(Assert.java:162)
        """;
    assertEquals(
        new ClassFiles.Stop(true, "the compiler itself failed (java.lang.AssertionError)"),
        CompilerMain.crash(said));
  }

  private static String classes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "class C" + i + " {}\n")
        .collect(Collectors.joining());
  }

  private Optional<Finding> problem(String text) throws IOException {
    Source source = new Source("Counter.java", "Counter.java", "package toys.counter;\n" + text);
    Path folder = Files.createDirectories(work.resolve("order"));
    Compiler.Order order = new Compiler.Order(List.of(source), bench, folder);
    return new Compiler(Jail.open()).compile(List.of(order), work).get(0).problem();
  }

  private List<Path> written() throws IOException {
    try (Stream<Path> files = Files.walk(work.resolve("order/classes"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}

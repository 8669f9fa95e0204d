package threadmill.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Submission.Source;

/** What the common allow-list lets through, and what it names, with file and line. */
class AdmissionTest {
  @TempDir private Path work;
  private Path given;
  private Path contract;

  @BeforeEach
  void compile_what_is_the_kits_own() throws IOException {
    given = Files.createDirectory(work.resolve("given"));
    contract = Files.createDirectory(work.resolve("contract"));
    compile(given, "Given", "package toys.box; public class Given extends Thread {}");
    compile(contract, "BoxTest", "package toys.box; class BoxTest { static int secret; }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Runtime.getRuntime().halt(0);                          | calls Runtime.halt
          System.exit(0);                                        | calls System.exit
          Runnable r = System::gc; r = Runtime.getRuntime()::runFinalization; | calls Runtime.runFinalization
          java.util.function.IntConsumer end = System::exit;     | calls System.exit
          Class.forName("x");                                    | calls Class.forName
          getClass().getDeclaredFields();                        | calls Class.getDeclaredFields
          getClass().getClassLoader();                           | calls Class.getClassLoader
          Object o = java.lang.reflect.Array.newInstance(int.class, 1); | uses java.lang.reflect.Array
          java.lang.invoke.MethodHandles.publicLookup();         | calls MethodHandles.publicLookup
          java.lang.invoke.MethodHandles.lookup().findVirtual(null, "", null); | calls MethodHandles.Lookup.findVirtual
          java.lang.invoke.MethodHandles.lookup().findVarHandle(getClass(), "x", int.class); | looks up a field of a class that is not written out, as in findVarHandle(Mine.class, "field", …)
          java.util.concurrent.atomic.AtomicIntegerFieldUpdater.newUpdater(Thread.class, "tid"); | looks up a field of a class that is not written out, as in newUpdater(Mine.class, "field", …)
          java.lang.invoke.MethodHandles.lookup().findVarHandle(Object.class.getSuperclass(), Box.class.getName(), int.class); | looks up a field of a class that is not written out, as in findVarHandle(Mine.class, "field", …)
          java.lang.invoke.MethodHandles.lookup().findVarHandle(i > 0 ? getClass() : Box.class, "x", int.class); | looks up a field of a class that is not written out, as in findVarHandle(Mine.class, "field", …)
          java.util.concurrent.Callable<?> c = java.lang.invoke.MethodHandles.lookup()::lookupClass; | calls MethodHandles.Lookup.lookupClass
          Find f = java.lang.invoke.MethodHandles.lookup()::findVarHandle; | uses findVarHandle by a method reference instead of a call
          Update u = java.util.concurrent.atomic.AtomicIntegerFieldUpdater::newUpdater; | uses newUpdater by a method reference instead of a call
          Enum.EnumDesc.of(null, "X").resolveConstantDesc(null); | calls Enum.EnumDesc.resolveConstantDesc
          java.lang.invoke.VarHandle.VarHandleDesc.ofArray(null); | uses java.lang.invoke.VarHandle.VarHandleDesc
          java.util.ServiceLoader.load(Runnable.class);          | uses java.util.ServiceLoader
          java.util.ResourceBundle.getBundle("x");               | uses java.util.ResourceBundle
          java.util.Locale.setDefault(java.util.Locale.ROOT);    | calls Locale.setDefault
          System.setOut(null);                                   | calls System.setOut
          Thread.currentThread().getThreadGroup().interrupt();   | calls Thread.getThreadGroup
          new Thread((ThreadGroup) null, "x");                   | uses java.lang.ThreadGroup
          Thread.currentThread().stop();                         | calls Thread.stop
          new java.util.concurrent.ForkJoinWorkerThread(null) {}.stop(); | calls Thread.stop
          Thread.setDefaultUncaughtExceptionHandler(null);       | calls Thread.setDefaultUncaughtExceptionHandler
          new Given().stop();                                    | calls Thread.stop
          new Throwable().getStackTrace();                       | calls Throwable.getStackTrace
          StackWalker.getInstance();                             | uses java.lang.StackWalker
          new ProcessBuilder("id").start();                      | uses java.lang.ProcessBuilder
          ProcessHandle.current();                               | uses java.lang.ProcessHandle
          new java.io.FileInputStream("/proc/self/mem");         | uses java.io.FileInputStream
          new java.io.PrintWriter("/tmp/x");                     | makes a new PrintWriter
          new java.util.Formatter("/tmp/x");                     | makes a new Formatter
          new java.util.Scanner(java.nio.file.Path.of("/etc/passwd")); | uses java.nio.file.Path
          java.security.Security.getProviders();                 | uses java.security.Security
          new java.net.Socket("127.0.0.1", 22);                  | uses java.net.Socket
          new java.io.ObjectInputStream(null).readObject();      | uses java.io.ObjectInputStream
          java.util.logging.Logger.getGlobal();                  | uses java.util.logging.Logger
          """)
  void what_reaches_out_is_refused_by_name_and_line(String statement, String words)
      throws IOException {
    Finding finding = admit(inMethod(statement)).orElseThrow();
    assertEquals(Kind.STRUCTURE, finding.kind());
    assertEquals("Box " + words + ", which this exercise does not allow", finding.sentence());
    assertEquals("Box.java:4", finding.where().orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "String s = \"a\" + work(1) + 'c' + 2.0;",
        "record Point(int x, int y) {} new Point(1, 2).hashCode();",
        "enum Colour { RED, GREEN } switch (Colour.RED) { case RED -> {} default -> {} }",
        "String t = switch (\"a\") { case \"a\" -> \"b\"; default -> \"c\"; };",
        "Object o = 1; if (o instanceof Integer n && n > 0) { assert n > 0; }",
        "Runnable r = () -> {}; new Thread(r, \"worker\").start(); r.getClass().getName();",
        "java.util.stream.Stream.of(1, 2).map(String::valueOf).toList();",
        "int[] a = {1, 2}; int[] b = a.clone(); String[][] c = new String[2][3]; c.clone();",
        "java.util.concurrent.Executors.newFixedThreadPool(2).submit(() -> 1).get();",
        "java.util.concurrent.CompletableFuture.supplyAsync(() -> 1).thenApply(x -> x + 1).join();",
        "new java.util.concurrent.ForkJoinPool(2).submit(() -> {}).join();",
        "java.util.concurrent.locks.LockSupport.parkNanos(this, 1);",
        "Thread.currentThread().interrupt(); Thread.sleep(1); Thread.yield(); Thread.onSpinWait();",
        "Thread t = new Thread() { public void run() { setName(\"x\"); isInterrupted(); } }; t.join();",
        "new Given().start(); new Given() {}.setDaemon(true);",
        "java.util.Timer t = new java.util.Timer(true); t.cancel();",
        "ThreadLocal<Integer> l = ThreadLocal.withInitial(() -> 1); l.get();",
        "new java.lang.ref.WeakReference<>(this).get();",
        "try { wait(1); } catch (InterruptedException | RuntimeException e) { e.printStackTrace(); }",
        "System.out.printf(\"%d %s%n\", System.nanoTime(), Runtime.getRuntime().availableProcessors());",
        "java.io.StringWriter w = new java.io.StringWriter(); new java.io.PrintWriter(w).println(1);",
        "new java.io.DataInputStream(new java.io.ByteArrayInputStream(new byte[4])).readInt();",
        "java.nio.ByteBuffer.allocate(8).putLong(1).flip();",
        "java.time.Duration.ofMillis(3).toNanos(); java.time.Instant.now();",
        "java.util.UUID.randomUUID(); new java.util.Random(1).ints(3).sum(); \"a,b\".split(\",\");",
        "java.io.Serializable s = (Runnable & java.io.Serializable) () -> {};",
        "synchronized (this) { notifyAll(); }",
        "java.util.concurrent.Callable<?> c = new java.util.concurrent.FutureTask<>(() -> 1)::get;",
      })
  void a_right_program_built_in_an_unusual_way_passes(String statement) throws IOException {
    assertEquals(Optional.empty(), admit(inMethod(statement)));
  }

  @Test
  void fields_of_ones_own_may_be_reached_by_var_handles_and_updaters() throws IOException {
    assertEquals(
        Optional.empty(),
        admit(
            """
            package toys.box;
            import java.lang.invoke.MethodHandles;
            import java.lang.invoke.VarHandle;
            import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
            public class Box {
              static final VarHandle STATE;
              static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(Object[].class);
              static final AtomicReferenceFieldUpdater<Node, Node> NEXT =
                  AtomicReferenceFieldUpdater.newUpdater(Node.class, Node.class, "next");
              static {
                try {
                  MethodHandles.Lookup lookup = MethodHandles.lookup();
                  STATE = lookup.findVarHandle(Box.class, "state", int.class);
                } catch (ReflectiveOperationException e) {
                  throw new ExceptionInInitializerError(e);
                }
              }
              volatile int state;
              static class Node { volatile Node next; }
              boolean take() { VarHandle.fullFence(); return STATE.compareAndSet(this, 0, 1); }
            }
            """));
  }

  @Test
  void what_a_submission_inherits_is_asked_of_who_declares_it() throws IOException {
    Finding finding =
        admit(
                """
                package toys.box;
                public class Box extends Thread {
                  static class Inner extends Box {}
                  void work() { new Inner().setContextClassLoader(null); }
                }
                """)
            .orElseThrow();
    assertEquals(
        "Box calls Thread.setContextClassLoader, which this exercise does not allow",
        finding.sentence());
  }

  @Test
  void what_is_closed_above_stays_closed_below() throws IOException {
    Finding finding =
        admit(
                """
                package toys.box;
                public class Box extends java.net.URLClassLoader {
                  Box() { super(null); }
                  void work() throws Exception { findClass("evil.Evil"); }
                }
                """,
                "group common\njava.net.*")
            .orElseThrow();
    assertEquals(
        List.of(
            "Box.java:3 uses java.net.URLClassLoader, which this exercise does not allow",
            "Box.java:4 calls ClassLoader.findClass, which this exercise does not allow"),
        finding.evidence());
  }

  @Test
  void a_field_of_ones_own_is_found_by_a_variable_and_on_every_path() throws IOException {
    assertEquals(
        Optional.empty(),
        admit(
            """
            package toys.box;
            import java.lang.invoke.MethodHandles;
            public class Box {
              volatile int state;
              static class Other { volatile int state; }
              Object work(boolean other) throws Exception {
                Class<?> type = other ? Other.class : Box.class;
                return MethodHandles.lookup().findVarHandle(type, "state", int.class);
              }
            }
            """));
  }

  @Test
  void what_finds_classes_by_name_is_called_and_not_referred_to() throws IOException {
    Finding finding =
        admit(
                """
                package toys.box;
                public class Box {
                  interface Find { Class<?> by(String name) throws Exception; }
                  Find find = Class::forName;
                }
                """,
                "group common\njava.lang.Class: forName(String)")
            .orElseThrow();
    assertEquals(
        "Box uses forName by a method reference instead of a call, which this exercise does not"
            + " allow",
        finding.sentence());
  }

  @Test
  void a_native_method_is_refused() throws IOException {
    Finding finding = admit("package toys.box; class Box { native void work(); }").orElseThrow();
    assertEquals(
        "Box declares the native method work, which this exercise does not allow",
        finding.sentence());
  }

  @Test
  void a_superclass_is_found_in_the_source() throws IOException {
    Finding finding =
        admit("package toys.box;\n\nclass Box extends\n    ClassLoader {}").orElseThrow();
    assertEquals("Box.java:3", finding.where().orElseThrow().toString());
    assertEquals(
        "Box uses java.lang.ClassLoader, which this exercise does not allow", finding.sentence());
  }

  @Test
  void the_contract_is_out_of_reach() throws IOException {
    Finding finding = admit(inMethod("BoxTest.secret = 1;")).orElseThrow();
    assertEquals(
        "Box uses toys.box.BoxTest, which this exercise does not allow", finding.sentence());
  }

  @Test
  void a_class_of_the_contracts_name_is_tampering() throws IOException {
    Finding finding = admit("package toys.box; public class Box {} class BoxTest {}").orElseThrow();
    assertEquals(Kind.TAMPER, finding.kind());
    assertEquals(
        "Box declares toys.box.BoxTest, which is not the submission's to declare",
        finding.sentence());
  }

  @Test
  void a_package_clause_that_only_the_compiler_sees_is_tampering() throws IOException {
    String sly =
        "/* \\u002a\\u002f package org.junit.jupiter.api; class Assertions {} // */ "
            + "package toys.box;";
    Finding finding = admit(sly).orElseThrow();
    assertEquals(Kind.TAMPER, finding.kind());
    assertEquals(
        "Box declares org.junit.jupiter.api.Assertions, which is not the submission's to declare",
        finding.sentence());
  }

  @Test
  void the_graders_own_classes_are_tampering() throws IOException {
    Finding finding =
        admit(inMethod("threadmill.evidence.RunningCheck.begin(1, null);")).orElseThrow();
    assertEquals(Kind.TAMPER, finding.kind());
    assertEquals(
        "Box uses threadmill.evidence.RunningCheck, which belongs to the grader",
        finding.sentence());
  }

  @Test
  void all_that_is_wrong_is_told_at_once() throws IOException {
    Finding finding =
        admit(inMethod("System.exit(0);\nSystem.setIn(null);\nSystem.exit(1);")).orElseThrow();
    assertEquals(
        List.of(
            "Box.java:4 calls System.exit, which this exercise does not allow",
            "Box.java:5 calls System.setIn, which this exercise does not allow"),
        finding.evidence());
  }

  @Test
  void of_very_much_that_is_wrong_the_worst_is_told_and_the_rest_counted() throws IOException {
    String calls = "System.exit(0);\n".repeat(3) + "System.setIn(null);\n";
    String methods =
        IntStream.range(0, 30)
            .mapToObj(i -> "class Z" + i + " { void f() { System.setIn(null); } }\n")
            .collect(Collectors.joining());
    Finding finding = admit(inMethod(calls) + methods).orElseThrow();
    assertEquals("Box calls System.exit, which this exercise does not allow", finding.sentence());
    assertEquals(21, finding.evidence().size());
    assertEquals(
        "Box.java:4 calls System.exit, which this exercise does not allow",
        finding.evidence().get(0));
    assertEquals("… and 12 more", finding.evidence().get(20));
  }

  @Test
  void the_graders_own_classes_come_first_however_much_else_is_wrong() throws IOException {
    String methods =
        IntStream.range(0, 30)
            .mapToObj(i -> "class A" + i + " { void f() { System.setIn(null); } }\n")
            .collect(Collectors.joining());
    Finding finding =
        admit(inMethod("threadmill.evidence.RunningCheck.begin(1, null);") + methods).orElseThrow();
    assertEquals(Kind.TAMPER, finding.kind());
    assertEquals("… and 11 more", finding.evidence().get(20));
  }

  /** One method with as many paths as there are could be followed for hours. */
  @Test
  void a_lookup_at_the_end_of_very_many_paths_is_refused() throws IOException {
    String fork =
        IntStream.range(0, 300)
            .mapToObj(i -> "if (i == " + i + ") { c = Box.class; d = c; e = d; }\n")
            .collect(Collectors.joining());
    String lookup =
        "Class<?> c = Box.class, d = Box.class, e = Box.class; while (i-- > 0) {\n"
            + fork
            + "}\njava.lang.invoke.MethodHandles.lookup().findVarHandle(c, \"x\", int.class);";
    Finding finding = admit(inMethod(lookup)).orElseThrow();
    assertEquals(
        "Box looks up a field where too many paths come together, which this exercise does not"
            + " allow",
        finding.sentence());
  }

  private static String inMethod(String statement) {
    return """
        package toys.box;
        public class Box {
          Object work(int i) throws Exception {
            STATEMENT
            return i;
          }
          interface Find {
            Object in(Class<?> type, String name, Class<?> of) throws Exception;
          }
          interface Update {
            Object in(Class<?> type, String name);
          }
        }
        """
        .replace("STATEMENT", statement);
  }

  private Optional<Finding> admit(String text) throws IOException {
    return admit(text, "group common");
  }

  private Optional<Finding> admit(String text, String allowed) throws IOException {
    Path classes = Files.createDirectory(work.resolve("classes"));
    compile(classes, "Box", text);
    AllowList list = AllowList.parse(allowed, "allow.txt");
    return new Admission(list, "toys.box", given, contract)
        .refuses(classes, List.of(new Source("Box.java", "Box.java", text)));
  }

  private void compile(Path into, String name, String text) throws IOException {
    Path file = Files.createTempDirectory(work, "src").resolve(name + ".java");
    Files.writeString(file, text);
    List<String> path = new ArrayList<>(List.of(given.toString(), contract.toString()));
    path.add(System.getProperty("java.class.path"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-implicit:none",
              "-g",
              "-nowarn",
              "-d",
              into.toString(),
              "-cp",
              String.join(java.io.File.pathSeparator, path));
      var units = files.getJavaFileObjects(file);
      assertTrue(compiler.getTask(null, files, d -> {}, options, null, units).call(), text);
    }
  }
}

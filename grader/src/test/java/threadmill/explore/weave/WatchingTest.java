package threadmill.explore.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;
import threadmill.explore.sim.Watched;
import threadmill.gate.AllowList;

/**
 * Whatever of the JDK a submission may use and keep something in is a copy, watched from outside,
 * unchangeable, or refused by name; asked of the JDK that runs.
 */
class WatchingTest {
  /** What is refused, each reviewed: they work on files, are decoded, or are kept by the JVM. */
  private static final Set<String> REFUSED =
      Set.of(
          "java.lang.ScopedValue",
          "java.lang.ScopedValue$Carrier",
          "java.lang.ref.ReferenceQueue",
          "java.util.ListResourceBundle",
          "java.util.PropertyPermission");

  private static final ClassFacts FACTS = new ClassFacts(WatchingTest.class.getClassLoader());
  private static final Relocation RELOCATION = new Relocation(FACTS, true);
  private static final List<Class<?>> TYPES = new ArrayList<>();

  @BeforeAll
  static void what_submissions_may_use() throws Exception {
    List<AllowList> lists = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("../exercises/src/main/java"))) {
      for (Path file : files.filter(f -> f.endsWith(AllowList.FILE)).toList()) {
        lists.add(AllowList.read(file));
      }
    }
    assertTrue(lists.size() > 10);
    Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
    try (Stream<Path> files = Files.walk(base.resolve("java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = base.relativize(file).toString().replace(".class", "").replace('/', '.');
        if (lists.stream().anyMatch(list -> list.mentions(name))) {
          Class<?> type = Class.forName(name, false, null);
          if (isPublic(type) && hasState(type)) {
            TYPES.add(type);
          }
        }
      }
    }
  }

  private static boolean isPublic(Class<?> type) {
    boolean known = (type.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    return known && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
  }

  private static boolean hasState(Class<?> type) {
    boolean value = type.isEnum() || type.isRecord() || Throwable.class.isAssignableFrom(type);
    for (Class<?> c = type; c != null && !value; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void every_type_that_a_submission_may_use_is_known_or_was_refused_on_purpose() {
    Set<String> unknown = new TreeSet<>();
    Set<String> expected = new TreeSet<>();
    for (Class<?> type : TYPES) {
      String name = type.getName().replace('.', '/');
      MethodInsnNode call =
          new MethodInsnNode(Opcodes.INVOKEVIRTUAL, name, "toString", "()Ljava/lang/String;");
      Redirects.refusal(call, FACTS, RELOCATION)
          .filter(why -> why.startsWith("watch "))
          .ifPresent(why -> unknown.add(type.getName()));
      if (REFUSED.contains(type.getName())) {
        expected.add(type.getName());
      }
    }
    assertEquals(expected, unknown);
  }

  @Test
  void what_is_taken_for_unchangeable_has_no_method_that_is_called_like_a_change() {
    Set<String> doubtful = new TreeSet<>();
    for (Class<?> type : TYPES) {
      boolean value = Watched.of(type.getName()).equals(java.util.Optional.of(Watched.Care.NONE));
      boolean ours =
          Set.of("java.lang.Thread", "java.lang.invoke.VarHandle").contains(type.getName());
      if (value && !ours && !type.getPackageName().equals("java.lang.invoke")) {
        Stream.of(type.getMethods())
            .filter(m -> !Modifier.isStatic(m.getModifiers()))
            .filter(m -> m.getReturnType() == void.class && m.getName().matches("(set|add|put).*"))
            .forEach(m -> doubtful.add(type.getName() + "." + m.getName()));
      }
    }
    assertEquals(Set.of(), doubtful);
  }
}

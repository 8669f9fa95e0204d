package threadmill.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.harness.shapes.Naming;
import threadmill.harness.shapes.Sharing;

class WeaverTest {
  private static final String HOME = Sharing.class.getPackageName();
  @TempDir private Path classes;

  @Test
  void a_woven_class_does_what_it_did_before() throws Exception {
    Object sharing = woven(Sharing.class);
    assertEquals(1, call(sharing, "next"));
    assertEquals(2, call(sharing, "next"));
  }

  @Test
  void a_woven_class_calls_noise() throws IOException {
    byte[] before = original(Sharing.class);
    byte[] after = weave(Sharing.class);
    assertTrue(after.length > before.length);
    assertTrue(new String(after, StandardCharsets.ISO_8859_1).contains("Noise"));
  }

  @Test
  void a_woven_class_finds_and_makes_classes_of_its_package_by_name() throws Exception {
    Object made = call(woven(Naming.class), "made", Naming.class.getName());
    assertEquals(Naming.class.getName(), made.getClass().getName());
  }

  @Test
  void a_woven_class_finds_no_other_class_by_name() throws Exception {
    Object naming = woven(Naming.class);
    for (String name :
        new String[] {"java.beans.XMLDecoder", HOME + ".deeper.X", "java.lang.Object", "[[I"}) {
      Throwable thrown = assertThrows(Exception.class, () -> call(naming, "made", name));
      assertEquals(
          ClassNotFoundException.class.getName()
              + ": "
              + name
              + ": only classes of "
              + HOME
              + " are found here",
          thrown.toString());
    }
  }

  @Test
  void a_woven_class_makes_nothing_of_another_class_at_hand() throws Exception {
    Object naming = woven(Naming.class);
    Throwable thrown = assertThrows(Exception.class, () -> call(naming, "another", new Object()));
    assertEquals(
        IllegalAccessException.class.getName()
            + ": java.lang.Object: only classes of "
            + HOME
            + " are made by name",
        thrown.toString());
  }

  private Object woven(Class<?> type) throws Exception {
    weave(type);
    URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, null) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            return name.startsWith(HOME)
                ? super.findClass(name)
                : WeaverTest.class.getClassLoader().loadClass(name);
          }
        };
    return loader.loadClass(type.getName()).getDeclaredConstructor().newInstance();
  }

  private static Object call(Object object, String method, Object... arguments) throws Exception {
    for (var each : object.getClass().getMethods()) {
      if (each.getName().equals(method)) {
        try {
          return each.invoke(object, arguments);
        } catch (InvocationTargetException e) {
          throw (Exception) e.getCause();
        }
      }
    }
    throw new NoSuchMethodException(method);
  }

  private byte[] weave(Class<?> type) throws IOException {
    Path file = classes.resolve(path(type));
    Files.createDirectories(file.getParent());
    Files.write(file, original(type));
    Weaver.weave(classes, HOME);
    return Files.readAllBytes(file);
  }

  private static String path(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  private static byte[] original(Class<?> type) throws IOException {
    try (var in = type.getResourceAsStream("/" + path(type))) {
      return in.readAllBytes();
    }
  }
}

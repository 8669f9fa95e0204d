package threadmill.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.harness.shapes.Sharing;

class WeaverTest {
  private static final String NAME = "threadmill/harness/shapes/Sharing.class";
  @TempDir private Path classes;

  @Test
  void a_woven_class_does_what_it_did_before() throws Exception {
    weave();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, null) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            return name.startsWith("threadmill.harness.shapes")
                ? super.findClass(name)
                : WeaverTest.class.getClassLoader().loadClass(name);
          }
        }) {
      Class<?> woven = loader.loadClass(Sharing.class.getName());
      Object sharing = woven.getDeclaredConstructor().newInstance();
      assertEquals(1, woven.getMethod("next").invoke(sharing));
      assertEquals(2, woven.getMethod("next").invoke(sharing));
    }
  }

  @Test
  void a_woven_class_calls_noise() throws IOException {
    byte[] before = original();
    weave();
    byte[] after = Files.readAllBytes(classes.resolve(NAME));
    assertTrue(after.length > before.length);
    assertTrue(new String(after, java.nio.charset.StandardCharsets.ISO_8859_1).contains("Noise"));
  }

  private void weave() throws IOException {
    Path file = classes.resolve(NAME);
    Files.createDirectories(file.getParent());
    Files.write(file, original());
    Weaver.weave(classes);
  }

  private static byte[] original() throws IOException {
    try (var in = Sharing.class.getResourceAsStream("/" + NAME)) {
      return in.readAllBytes();
    }
  }
}

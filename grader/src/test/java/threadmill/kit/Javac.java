package threadmill.kit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles a source that a test has in its hands. */
final class Javac {
  private static final Pattern PUBLIC = Pattern.compile("(?m)^public class (\\w+)");

  private Javac() {}

  /** Into a folder below this one, which is returned. */
  static Path compile(Path folder, String source) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Matcher type = PUBLIC.matcher(source);
    Path file = folder.resolve((type.find() ? type.group(1) : "Any") + ".java");
    Files.writeString(file, source);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (var files = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options = List.of("-proc:none", "-g", "-d", classes.toString());
      var units = files.getJavaFileObjects(file);
      boolean compiled = javac.getTask(messages, files, null, options, null, units).call();
      assertTrue(compiled, messages.toString());
    }
    return classes;
  }
}

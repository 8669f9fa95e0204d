package threadmill.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import threadmill.kit.Kit;

/** The launcher in a checkout of its own, with a Java that says how it was called. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private static final String JAVA = "#!/bin/sh\necho \"LC_ALL=$LC_ALL\"\nprintf '%s\\n' \"$@\"\n";

  @TempDir private Path temp;
  private Path home;
  private Path launcher;

  @BeforeEach
  void make_a_checkout() throws IOException {
    Path real = temp.toRealPath();
    home = Files.createDirectories(real.resolve("a $(kit) of 'mine'"));
    launcher = Files.copy(Kit.find(Path.of("")).root().resolve("threadmill"), at("threadmill"));
    Files.createDirectories(at("grader/target"));
    Files.createFile(at("grader/target/threadmill.jar"));
    Path java = Files.createDirectories(at("the jdk/bin")).resolve("java");
    Files.writeString(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void it_finds_its_checkout_through_symbolic_links() throws Exception {
    Path absolute = Files.createSymbolicLink(home.resolveSibling("absolute"), launcher);
    Path folder = Files.createDirectories(home.resolveSibling("some where"));
    Path relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("../absolute"));
    Path chain =
        Files.createSymbolicLink(home.resolveSibling("chain"), Path.of("some where/relative"));
    for (Path link : List.of(launcher, absolute, relative, chain)) {
      assertTrue(run(Map.of(), link).contains("-Dthreadmill.home=" + home), link.toString());
    }
  }

  @Test
  void every_word_arrives_as_it_was_given() throws Exception {
    List<String> words = run(Map.of(), launcher, "grade", "two words", "$(no)", "");
    assertEquals(
        List.of("grade", "two words", "$(no)", ""), words.subList(words.size() - 4, words.size()));
    String jar = at("grader/target/threadmill.jar").toString();
    assertEquals(List.of("-jar", jar), words.subList(words.size() - 6, words.size() - 4));
  }

  @Test
  void java_can_name_every_file_and_prints_as_the_terminal_does() throws Exception {
    List<String> words = run(Map.of("LC_ALL", "C"), launcher);
    assertTrue(words.get(0).matches("(?i)LC_ALL=(C|en_US)\\.utf-?8"), words.get(0));
    assertTrue(words.stream().anyMatch(w -> w.matches("-Dstdout.encoding=.*ASCII|.*X3.4-1968")));
  }

  @Test
  void temporary_files_go_where_the_user_says() throws Exception {
    List<String> words = run(Map.of("TMPDIR", "/var/my tmp"), launcher);
    assertTrue(words.contains("-Djava.io.tmpdir=/var/my tmp"), words::toString);
  }

  private Path at(String path) {
    return home.resolve(path);
  }

  private List<String> run(Map<String, String> environment, Path script, String... words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().keySet().removeAll(List.of("TMPDIR", "LC_ALL"));
    builder.environment().put("JAVA_HOME", at("the jdk").toString());
    builder.environment().putAll(environment);
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      return out.lines().toList();
    }
  }
}

package threadmill.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import threadmill.kit.MiniKit;

/** A JVM that was started in the POSIX locale, without the launcher, and meets Korean names. */
@EnabledOnOs(OS.LINUX)
class LocaleTest {
  private static final String KOREAN = "%EA%B9%80%EC%B2%A0%EC%88%98";
  private static final String NO_UTF_8 = "%B1%E8";

  @TempDir private Path home;
  @TempDir private Path work;
  private Path out;

  @BeforeEach
  void write_a_kit_and_submissions() throws IOException {
    MiniKit.in(home);
    out = work.resolve("out");
    hand_in(KOREAN, MiniKit.REFERENCE);
    hand_in(NO_UTF_8, MiniKit.REFERENCE.replace("value += Step.SIZE", "value++"));
  }

  @Test
  void every_submission_has_its_report_and_its_name() throws Exception {
    String said = posix(1, "--all", work.resolve("all").toString(), "--out", out.toString());
    assertTrue(said.contains("\\uae40\\ucca0\\uc218  5 of 5 points\n  + toys.counter "), said);
    assertTrue(said.contains("%B1%E8  3 of 5 points\n  x toys.counter "), said);
    assertTrue(said.contains("again: ./threadmill grade file://" + work + "/all/%B1%E8"), said);
    assertEquals("김철수", report(KOREAN).path("submission").asText());
    assertEquals(3, report("%25B1%25E8").path("points").asInt());
  }

  @Test
  void what_was_graded_there_can_be_regraded_here() throws Exception {
    posix(1, "--all", work.resolve("all").toString(), "--out", out.toString());
    Shell.Said said = Shell.run("regrade", "--home", home, "--out", out, "--level", "D");
    assertEquals(0, said.exit(), said.toString());
    assertTrue(said.out().contains("✓ 김철수  the same verdict"), said.out());
  }

  @Test
  void json_on_standard_output_keeps_the_name() throws Exception {
    String uri = work.toUri() + "all/" + KOREAN;
    JsonNode report = new ObjectMapper().readTree(posix(0, "--format", "json", uri));
    assertEquals("김철수", report.path("submission").asText());
  }

  private void hand_in(String encoded, String source) throws IOException {
    Path folder = Files.createDirectories(Path.of(URI.create(work.toUri() + "all/" + encoded)));
    Files.writeString(folder.resolve("Counter.java"), source);
  }

  private JsonNode report(String encoded) throws IOException {
    Path file = Path.of(URI.create(out.toUri() + encoded + "/report.json"));
    return new ObjectMapper().readTree(Files.readAllBytes(file));
  }

  private String posix(int exit, String... more) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(Threadmill.class.getName(), "grade", "--home", home.toString()));
    words.addAll(List.of("--level", "D"));
    words.addAll(List.of(more));
    File said = work.resolve("said").toFile();
    ProcessBuilder builder = new ProcessBuilder(words).redirectOutput(said);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    String text = Files.readString(said.toPath(), StandardCharsets.US_ASCII);
    assertEquals(exit, process.exitValue(), text);
    assertFalse(text.contains("Exception"), text);
    return text;
  }
}

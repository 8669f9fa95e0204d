package threadmill.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static threadmill.intake.Toys.COUNTER_JAVA;
import static threadmill.intake.Toys.GATE_JAVA;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadmill.model.Submission;
import threadmill.model.Submission.Source;

class ZipTest {
  private static final int CENTRAL = 0x02014b50;
  private static final int UNPACKED_SIZE = 24;
  private static final int LOCAL_OFFSET = 42;

  @TempDir private Path temp;

  @Test
  void an_archive_is_read_like_its_folder() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("folder/src"));
    Files.writeString(folder.resolve("Counter.java"), COUNTER_JAVA);
    Files.writeString(folder.resolve("Gate.java"), GATE_JAVA);
    Path zip = zip("src/", "", "src/Counter.java", COUNTER_JAVA, "src/Gate.java", GATE_JAVA);
    Submission fromFolder = new Intake(Toys.ALL).take(temp.resolve("folder"));
    Submission fromZip = new Intake(Toys.ALL).take(zip);
    assertEquals(fromFolder.sources(), fromZip.sources());
    assertEquals(fromFolder.hash(), fromZip.hash());
    assertEquals("alice", fromZip.name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../Counter.java",
        "a/../../Counter.java",
        "a/../Counter.java",
        "..",
        "/Counter.java",
        "/etc/Counter.java",
        "C:/Counter.java",
        "c:Counter.java",
        "..\\Counter.java",
        "a\\Counter.java",
        "\\\\host\\Counter.java"
      })
  void a_zip_that_climbs_out_of_its_folder_is_refused(String name) throws Exception {
    Path zip = zip("Gate.java", GATE_JAVA, name, COUNTER_JAVA);
    assertEquals(
        "holds the unsafe path '" + name + "'; pack the folder with an ordinary zip tool",
        refusal(zip));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Counter..java", "..a/Counter.java", "a../Counter.java", "ab:c/d.java"})
  void dots_and_colons_within_a_name_do_no_harm(String name) throws Exception {
    assertEquals(Set.of("toys.counter"), take(zip(name, COUNTER_JAVA)).sources().keySet());
  }

  @Test
  void a_name_with_a_nul_is_refused_and_not_printed_as_it_is() throws Exception {
    byte[] bytes = bytes("Gate.java", GATE_JAVA, "Counter@.java", COUNTER_JAVA);
    Path zip = replaced(bytes, "Counter@.java", "Counter\0.java");
    assertEquals(
        "holds the unsafe path 'Counter?.java'; pack the folder with an ordinary zip tool",
        refusal(zip));
  }

  @Test
  void an_unsafe_name_cannot_speak_to_the_terminal() throws Exception {
    String why = refusal(zip("../\u001B[2J.java", COUNTER_JAVA));
    assertTrue(why.contains("'../?[2J.java'"), why);
  }

  @Test
  void names_that_differ_only_in_case_are_refused() throws Exception {
    Path zip = zip("src/Counter.java", COUNTER_JAVA, "SRC/counter.java", COUNTER_JAVA);
    assertEquals("holds 'SRC/counter.java' twice, or differing only in case", refusal(zip));
  }

  @Test
  void the_same_name_twice_is_refused() throws Exception {
    byte[] bytes = bytes("Counter.java", COUNTER_JAVA, "Countex.java", COUNTER_JAVA);
    Path zip = replaced(bytes, "Countex.java", "Counter.java");
    assertEquals("holds 'Counter.java' twice, or differing only in case", refusal(zip));
  }

  @Test
  void six_thousand_entries_are_read_and_not_one_more() throws Exception {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("Counter.java", COUNTER_JAVA);
    for (int i = 1; i < 6_000; i++) {
      entries.put("notes/" + i + ".txt", "");
    }
    assertEquals(Set.of("toys.counter"), take(write(packed(entries))).sources().keySet());
    entries.put("one/more/", "");
    assertEquals(
        "holds more than 6,000 files and folders; hand in the sources only, without build folders",
        refusal(write(packed(entries))));
  }

  @Test
  void the_unpacked_bytes_of_all_entries_count() throws Exception {
    Path zip = zip("Counter.java", COUNTER_JAVA, "data.bin", "x".repeat(1_000));
    long size = COUNTER_JAVA.length() + 1_000;
    Intake wide = new Intake(Toys.ALL, new Limits(9, size));
    assertEquals(Set.of("toys.counter"), wide.take(zip).sources().keySet());
    Intake narrow = new Intake(Toys.ALL, new Limits(9, size - 1));
    Refusal refusal = assertThrows(Refusal.class, () -> narrow.take(zip));
    assertTrue(refusal.getMessage().startsWith("unpacks to more than"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Counter.java", "video.mp4"})
  void a_bomb_that_declares_to_be_small_is_refused(String name) throws Exception {
    byte[] bytes = bytes("Gate.java", GATE_JAVA, name, "\0".repeat((20 << 20) + 1));
    assertTrue(bytes.length < 100_000, "no bomb: " + bytes.length);
    declareSmall(bytes);
    assertEquals("unpacks to more than 20 MiB; hand in the sources only", refusal(write(bytes)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void an_archive_cut_short_is_refused(int eighths) throws Exception {
    byte[] whole = bytes("src/Counter.java", COUNTER_JAVA, "src/Gate.java", GATE_JAVA);
    assertEquals(2, take(write(whole)).sources().size());
    String why = refusal(write(Arrays.copyOf(whole, whole.length * eighths / 8)));
    assertTrue(why.matches("is not a whole zip archive \\(.+\\); upload it again"), why);
  }

  @Test
  void an_archive_that_lacks_its_last_byte_is_refused() throws Exception {
    byte[] whole = bytes("Counter.java", COUNTER_JAVA);
    String why = refusal(write(Arrays.copyOf(whole, whole.length - 1)));
    assertTrue(why.startsWith("is not a whole zip archive"), why);
  }

  @Test
  void an_archive_whose_content_is_garbled_is_refused() throws Exception {
    byte[] bytes = bytes("Counter.java", COUNTER_JAVA.repeat(50));
    int content = 30 + "Counter.java".length();
    Arrays.fill(bytes, content, content + 20, (byte) 0xFF);
    String why = refusal(write(bytes));
    assertTrue(why.startsWith("is not a whole zip archive"), why);
  }

  @Test
  void an_empty_archive_is_refused() throws Exception {
    assertEquals("is an empty zip archive", refusal(zip()));
  }

  @Test
  void a_file_that_is_no_archive_is_refused() throws Exception {
    String why = refusal(write(COUNTER_JAVA.repeat(10).getBytes(StandardCharsets.UTF_8)));
    assertTrue(why.startsWith("is not a whole zip archive"), why);
  }

  @Test
  void an_archive_without_an_exercise_is_refused() throws Exception {
    String why = refusal(zip("Main.java", "class Main {}", "a/", ""));
    assertTrue(why.startsWith("holds no exercise"), why);
  }

  @Test
  void build_output_history_and_what_macs_add_are_skipped_in_silence() throws Exception {
    Submission submission =
        take(
            zip(
                "src/Counter.java", COUNTER_JAVA,
                "target/Counter.java", COUNTER_JAVA,
                "a/target/b/Counter.java", COUNTER_JAVA,
                ".git/Counter.java", COUNTER_JAVA,
                "a/.git/HEAD", "ref",
                "__MACOSX/src/._Counter.java", "\0\5\7"));
    assertEquals(
        List.of("src/Counter.java"),
        submission.sources().get("toys.counter").stream().map(Source::path).toList());
    assertEquals(Map.of(), submission.problems());
    assertEquals(List.of(), submission.notes());
  }

  @Test
  void what_is_no_java_source_is_ignored_with_a_note() throws Exception {
    Submission submission = take(zip("Counter.java", COUNTER_JAVA, "pom.xml", "<project/>"));
    assertEquals(List.of("ignored pom.xml: not a Java source"), submission.notes());
  }

  @Test
  void a_packed_checkout_is_read_like_a_checkout() throws Exception {
    Submission submission =
        take(
            zip(
                "kit/exercises/src/main/java/toys/counter/Counter.java", COUNTER_JAVA,
                "kit/exercises/src/main/java/toys/counter/README.md", "# Counter",
                "kit/solutions/src/main/java/toys/counter/Counter.java", COUNTER_JAVA,
                "kit/solutions/src/main/java/toys/gate/Gate.java", GATE_JAVA));
    assertEquals(Set.of("toys.counter"), submission.sources().keySet());
    assertEquals(Map.of(), submission.problems());
  }

  @Test
  void a_great_many_entries_are_counted_and_not_read() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (int i = 0; i < 200_000; i++) {
        ZipEntry entry = new ZipEntry(Integer.toString(i, 36));
        entry.setSize(0);
        entry.setCrc(0);
        zip.putNextEntry(entry);
      }
    }
    String why = refusal(write(bytes.toByteArray()));
    assertTrue(why.startsWith("holds more than 6,000 files and folders"), why);
  }

  @Test
  void an_archive_of_64_mebibytes_is_opened_and_not_one_of_more() throws Exception {
    Path zip = zip("Counter.java", COUNTER_JAVA);
    // A zip is read from its end, so that anything may stand before it.
    byte[] archive = Files.readAllBytes(zip);
    long most = 64L << 20;
    try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "rw")) {
      file.setLength(0);
      file.seek(most - archive.length);
      file.write(archive);
    }
    assertEquals(Set.of("toys.counter"), take(zip).sources().keySet());
    try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "rw")) {
      file.setLength(0);
      file.seek(most + 1 - archive.length);
      file.write(archive);
    }
    assertEquals("is an archive of more than 64 MiB; hand in the sources only", refusal(zip));
  }

  @Test
  void a_path_of_500_characters_is_read_and_none_longer() throws Exception {
    String folder = "f".repeat(487) + "/";
    assertEquals(
        Set.of("toys.counter"),
        take(zip(folder + "Counter.java", COUNTER_JAVA, folder + "x.txt", "")).sources().keySet());
    String why = refusal(zip(folder + "aCounter.java", COUNTER_JAVA, folder + "xx", ""));
    assertEquals(
        "holds a path of more than 500 characters, '"
            + "f".repeat(50)
            + "…'; hand in the sources only",
        why);
  }

  @Test
  void a_source_may_be_called_by_240_bytes_and_not_by_more() throws Exception {
    String longest = "한".repeat(78) + "a";
    assertEquals(
        Set.of("toys.counter"), take(zip(longest + ".java", COUNTER_JAVA)).sources().keySet());
    Submission submission = take(zip(longest + "b.java", COUNTER_JAVA, "Gate.java", GATE_JAVA));
    assertEquals(Set.of("toys.gate"), submission.sources().keySet());
    assertEquals(
        "한".repeat(60) + "… has a name of more than 240 bytes; shorten it",
        submission.problems().get("toys.counter").sentence());
  }

  @Test
  void a_name_with_a_line_break_speaks_to_nobody() throws Exception {
    Submission submission =
        take(zip("Gate.java", GATE_JAVA, "a\nb.java", COUNTER_JAVA, "x\n::error::y", ""));
    assertEquals(Set.of("toys.gate"), submission.sources().keySet());
    assertEquals(
        "a?b.java has a name that is no text in UTF-8; rename it, and its class",
        submission.problems().get("toys.counter").sentence());
    assertEquals(List.of("ignored x?::error::y: not a Java source"), submission.notes());
  }

  @Test
  void an_archive_in_an_archive_is_one_file_that_is_ignored() throws Exception {
    byte[] inner = bytes("Counter.java", "\0".repeat(50 << 20));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < 50; i++) {
        zip.putNextEntry(new ZipEntry(i + ".zip"));
        zip.write(inner);
      }
      zip.putNextEntry(new ZipEntry("Counter.java"));
      zip.write(COUNTER_JAVA.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(Set.of("toys.counter"), take(write(bytes.toByteArray())).sources().keySet());
  }

  /** Each of them is unpacked, so that they count as often as they are named. */
  @Test
  void entries_that_share_their_content_are_counted_each() throws Exception {
    Map<String, String> entries = new LinkedHashMap<>();
    for (int i = 0; i < 30; i++) {
      entries.put(String.format("%02d.java", i), "\0".repeat(1 << 20));
    }
    byte[] bytes = packed(entries);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int shared = 0;
    for (int i = 0; i < bytes.length - LOCAL_OFFSET; i++) {
      if (buffer.getInt(i) == CENTRAL) {
        buffer.putInt(i + LOCAL_OFFSET, 0);
        shared++;
      }
    }
    assertEquals(30, shared);
    assertEquals("unpacks to more than 20 MiB; hand in the sources only", refusal(write(bytes)));
  }

  /** Whatever is wrong with an archive is told; nothing else is thrown. */
  @Property(tries = 2_000)
  void an_archive_with_bytes_changed_at_random_is_read_or_refused(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 100_000) Integer> places,
      @ForAll byte value)
      throws IOException {
    byte[] bytes = bytes("src/Counter.java", COUNTER_JAVA, "b/", "", "src/Gate.java", GATE_JAVA);
    places.forEach(place -> bytes[place % bytes.length] = value);
    Path zip = Files.createTempFile("changed", ".zip");
    try {
      assertTrue(take(Files.write(zip, bytes)).sources().size() <= 2);
    } catch (Unreadable e) {
      throw new AssertionError(e);
    } catch (Refusal e) {
      assertFalse(e.getMessage().isBlank());
    } finally {
      Files.delete(zip);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void an_archive_may_be_called_by_bytes_that_are_no_text() throws Exception {
    Path zip = zip("Counter.java", COUNTER_JAVA);
    Path odd = Path.of(URI.create(zip.toUri() + "%FF.zip"));
    Files.move(zip, odd);
    assertEquals(Set.of("toys.counter"), take(odd).sources().keySet());
  }

  @Test
  void a_name_that_ends_in_zip_makes_no_archive() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("bob.zip"));
    Files.writeString(folder.resolve("Counter.java"), COUNTER_JAVA);
    assertEquals(Set.of("toys.counter"), take(folder).sources().keySet());
  }

  private Submission take(Path path) throws Refusal {
    return new Intake(Toys.ALL).take(path);
  }

  private static String refusal(Path zip) {
    return assertThrows(Refusal.class, () -> new Intake(Toys.ALL).take(zip)).getMessage();
  }

  private Path zip(String... namesAndTexts) throws IOException {
    return write(bytes(namesAndTexts));
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(temp.resolve("alice.zip"), bytes);
  }

  private static byte[] bytes(String... namesAndTexts) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      entries.put(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return packed(entries);
  }

  private static byte[] packed(Map<String, String> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** No zip tool writes such names, so they are put into the finished archive. */
  private Path replaced(byte[] bytes, String name, String by) throws IOException {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    return write(all.replace(name, by).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void declareSmall(byte[] zip) {
    ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < zip.length - UNPACKED_SIZE; i++) {
      if (buffer.getInt(i) == CENTRAL) {
        buffer.putInt(i + UNPACKED_SIZE, 10);
      }
    }
  }
}

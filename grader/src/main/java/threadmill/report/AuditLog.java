package threadmill.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was graded, when, with which inputs and to which end: a file of JSON lines that is only ever
 * appended to, open and locked against other graders until it is closed. Each line carries the hash
 * of the one before, so that a line that is changed or taken out later shows.
 */
final class AuditLog implements AutoCloseable {
  static final String FILE = "audit.jsonl";

  /**
   * The command of a line that closes off the one before, which a grader did not live to finish.
   */
  static final String CLOSED = "closed";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A file lock is the process's: to open the file twice, and close it once, would give it away.
   */
  private static final ReentrantLock MINE = new ReentrantLock();

  /**
   * One line.
   *
   * @param number from 1
   * @param node what it says, or nothing if that is no JSON object
   * @param hash of its bytes
   */
  record Line(int number, Optional<ObjectNode> node, String hash) {
    String text(String field) {
      return node.map(n -> n.path(field).asText()).orElse("");
    }

    boolean isOf(String command) {
      return text("command").equals(command);
    }
  }

  private final FileChannel channel;
  private final List<Line> lines = new ArrayList<>();
  private final Optional<String> closedOff;
  private long committed;

  private AuditLog(FileChannel channel) throws IOException {
    this.channel = channel;
    this.closedOff = read();
  }

  static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  /**
   * Opens the log of a folder, and makes both where there are none; graders that do so at the same
   * time wait for each other. A last line that was cut short is closed off.
   */
  static AuditLog open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(FILE);
    MINE.lock();
    FileChannel channel = null;
    try {
      channel = OwnersOnly.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ));
      // Given back when the channel closes.
      channel.lock();
      return new AuditLog(channel);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      MINE.unlock();
      throw e;
    }
  }

  /** The lines of a log that need not be ours to write, as they are now; the last may be torn. */
  static List<Line> read(Path folder) throws IOException {
    MINE.lock();
    try {
      List<Line> lines = new ArrayList<>();
      split(Files.readAllBytes(folder.resolve(FILE)), lines);
      return lines;
    } finally {
      MINE.unlock();
    }
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** What was said of a last line that was cut short, if there was one. */
  Optional<String> closedOff() {
    return closedOff;
  }

  /**
   * Appends a line, which gets the hash of the one before, and waits until it is on the disk.
   *
   * @throws IOException if that could not be done; the log is as it was before then
   */
  void append(ObjectNode node) throws IOException {
    node.put("previous", lines.isEmpty() ? "" : lines.get(lines.size() - 1).hash());
    byte[] bytes = JSON.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
    ByteBuffer rest = ByteBuffer.allocate(bytes.length + 1).put(bytes).put((byte) '\n').flip();
    committed = channel.size();
    try {
      write(rest);
      lines.add(new Line(lines.size() + 1, Optional.of(node), hash(bytes)));
    } catch (IOException e) {
      channel.truncate(committed);
      throw e;
    }
  }

  /** Takes back the line that was appended last, since what it says did not come about. */
  void takeBack() throws IOException {
    channel.truncate(committed);
    channel.force(true);
    lines.remove(lines.size() - 1);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      MINE.unlock();
    }
  }

  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<String> read() throws IOException {
    channel.position(0);
    // Closing the stream would close the channel, and with it the lock.
    byte[] all = Channels.newInputStream(channel).readAllBytes();
    boolean torn = split(all, lines);
    if (!torn) {
      return Optional.empty();
    }
    Line last = lines.get(lines.size() - 1);
    write(ByteBuffer.wrap(new byte[] {'\n'}));
    if (last.node().isPresent()) {
      return Optional.empty();
    }
    ObjectNode node = JSON.createObjectNode();
    node.put("command", CLOSED);
    node.put("after", lines.size() < 2 ? "" : lines.get(lines.size() - 2).hash());
    append(node);
    return Optional.of("line " + last.number() + " of " + FILE + " was cut short");
  }

  private void write(ByteBuffer rest) throws IOException {
    channel.position(channel.size());
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    channel.force(true);
  }

  /** Whether the last line does not end. */
  private static boolean split(byte[] all, List<Line> lines) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte each : all) {
      if (each == '\n') {
        lines.add(line(lines.size() + 1, line.toByteArray()));
        line.reset();
      } else {
        line.write(each);
      }
    }
    if (line.size() > 0) {
      lines.add(line(lines.size() + 1, line.toByteArray()));
    }
    return line.size() > 0;
  }

  private static Line line(int number, byte[] bytes) {
    return new Line(number, node(bytes), hash(bytes));
  }

  private static Optional<ObjectNode> node(byte[] bytes) {
    try {
      JsonNode node = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}

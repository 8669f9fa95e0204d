package processes.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A child that waits for ever, without a clock: for somebody to write into a named pipe. It tells
 * by a file who it and its own child are.
 */
record Endless(Path dir, String script) {
  static Endless in(Path dir, String first) {
    return make(dir, first + "echo $$ > \"$0/pids\"; exec cat \"$0/never\"");
  }

  /** It never stops writing. */
  static Endless chattyIn(Path dir, String first) {
    return make(dir, first + "echo $$ > \"$0/pids\"; while :; do echo more; done");
  }

  static Endless withAChildIn(Path dir) {
    return withAChildIn(dir, "");
  }

  static Endless withAChildIn(Path dir, String first) {
    return make(dir, first + "cat \"$0/never\" & echo $$ $! > \"$0/pids\"; wait");
  }

  /** With a grandchild of the child's as well. */
  static Endless withAFamilyIn(Path dir) {
    String child = "(cat \"$0/never\" & echo $! > \"$0/young\"; wait) & read y < \"$0/young\"; ";
    return make(dir, "mkfifo \"$0/young\"; " + child + "echo $$ $! $y > \"$0/pids\"; wait");
  }

  private static Endless make(Path dir, String rest) {
    try {
      return new Endless(Files.createDirectory(dir), "mkfifo \"$0/never\" 2> /dev/null; " + rest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> command() {
    return List.of("/bin/sh", "-c", script, dir.toString());
  }

  boolean hasBegun() {
    return !pids().isEmpty();
  }

  List<Long> pids() {
    try {
      Path file = dir.resolve("pids");
      String line = Files.exists(file) ? Files.readString(file) : "";
      return line.endsWith("\n")
          ? Stream.of(line.trim().split(" ")).map(Long::valueOf).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package threadmill.model;

import java.util.Objects;

/** A line of the student's: the file as the student named it, and a line number starting at 1. */
public record Where(String file, int line) {
  public Where {
    Objects.requireNonNull(file, "file");
  }

  /** The last segment of the file and the line, as in {@code Mutex.java:12}. */
  @Override
  public String toString() {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return line > 0 ? name + ":" + line : name;
  }
}

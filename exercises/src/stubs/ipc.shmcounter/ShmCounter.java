package ipc.shmcounter;

import static threadmill.Todo.todo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongUnaryOperator;

/** Counters in a file that several processes have mapped into their memory. Thread-safe. */
public final class ShmCounter implements AutoCloseable {
  private ShmCounter() {}

  /**
   * Maps a file; creates it, or makes it longer, where it is too short, and keeps what is in it.
   *
   * @param slots how many counters of eight bytes, in the machine's byte order
   */
  public static ShmCounter open(Path file, int slots) throws IOException {
    // TODO
    throw todo();
  }

  /** The value of a slot. */
  public long get(int slot) {
    // TODO
    throw todo();
  }

  /** Reads, adds and writes, and relies on luck; returns what it has written. */
  public long addRacy(int slot, long delta) {
    // TODO
    throw todo();
  }

  /** Adds in one step of the processor; returns the sum. */
  public long addAtomic(int slot, long delta) {
    // TODO
    throw todo();
  }

  /**
   * Changes a slot while nobody else does so, neither a thread nor a process; returns the new
   * value. If the change throws, the slot keeps its value.
   */
  public long updateLocked(int slot, LongUnaryOperator change) throws IOException {
    // TODO
    throw todo();
  }

  /** Lets go of the file; others that are open on the same file go on. */
  @Override
  public void close() throws IOException {
    // TODO
    throw todo();
  }
}

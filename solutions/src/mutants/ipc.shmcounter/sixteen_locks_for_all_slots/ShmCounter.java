// EXCR | rejected by M12 | A few locks are enough for many slots.
package ipc.shmcounter;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;

/** Counters in mapped memory: a lock of the JVM for its threads, a file lock for the processes. */
public final class ShmCounter implements AutoCloseable {
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Shared shared;
  private final ByteBuffer memory;
  private final int slots;
  private boolean closed;

  private ShmCounter(Shared shared, ByteBuffer memory, int slots) {
    this.shared = shared;
    this.memory = memory;
    this.slots = slots;
  }

  /**
   * What all counters of this JVM on one file have in common. There is one channel: closing any
   * channel of a file drops all the locks that the process holds on it.
   */
  private static final class Shared {
    private static final Map<Object, Shared> OPEN = new HashMap<>();

    private final Object key;
    private final FileChannel channel;
    private final Map<Integer, ReentrantLock> locks = new ConcurrentHashMap<>();
    private int users;

    private Shared(Object key, FileChannel channel) {
      this.key = key;
      this.channel = channel;
    }

    static Shared of(Path file) throws IOException {
      synchronized (OPEN) {
        if (Files.notExists(file)) {
          Files.createFile(file);
        }
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        key = key == null ? file.toRealPath() : key;
        Shared shared = OPEN.get(key);
        if (shared == null) {
          FileChannel channel =
              FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
          shared = new Shared(key, channel);
          OPEN.put(key, shared);
        }
        shared.users++;
        return shared;
      }
    }

    void leave() throws IOException {
      synchronized (OPEN) {
        users--;
        if (users == 0) {
          OPEN.remove(key);
          channel.close();
        }
      }
    }
  }

  /** Maps a file. */
  public static ShmCounter open(Path file, int slots) throws IOException {
    Shared shared = Shared.of(file);
    try {
      long bytes = (long) slots * Long.BYTES;
      // Mapping makes a short file longer.
      return new ShmCounter(shared, shared.channel.map(MapMode.READ_WRITE, 0, bytes), slots);
    } catch (IOException | RuntimeException e) {
      shared.leave();
      throw e;
    }
  }

  /** The value of a slot. */
  public long get(int slot) {
    return (long) LONGS.getVolatile(memory, offset(slot));
  }

  /** Reads, adds and writes, and relies on luck. */
  public long addRacy(int slot, long delta) {
    int offset = offset(slot);
    long sum = (long) LONGS.get(memory, offset) + delta;
    LONGS.set(memory, offset, sum);
    return sum;
  }

  /** Adds in one step of the processor. */
  public long addAtomic(int slot, long delta) {
    return (long) LONGS.getAndAdd(memory, offset(slot), delta) + delta;
  }

  /** Changes a slot while nobody else does so. */
  public long updateLocked(int slot, LongUnaryOperator change) throws IOException {
    int offset = offset(slot);
    ReentrantLock threads = shared.locks.computeIfAbsent(slot % 16, s -> new ReentrantLock());
    threads.lock();
    try (FileLock processes = shared.channel.lock(offset, Long.BYTES, false)) {
      long value = change.applyAsLong((long) LONGS.getVolatile(memory, offset));
      LONGS.setVolatile(memory, offset, value);
      return value;
    } finally {
      threads.unlock();
    }
  }

  private int offset(int slot) {
    return Objects.checkIndex(slot, slots) * Long.BYTES;
  }

  /** Lets go of the file. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    shared.leave();
  }
}

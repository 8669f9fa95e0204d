package ipc.shmcounter;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/** Counters in mapped memory: every one has a channel, and all are closed with the last of them. */
public final class ShmCounter implements AutoCloseable {
  private static final Map<File, Group> GROUPS = new TreeMap<>();
  private static final VarHandle CELL =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** The counters of this JVM on one file. */
  private static final class Group {
    private final Set<Integer> taken = new HashSet<>();
    private final Set<ShmCounter> open = new HashSet<>();
    private final List<RandomAccessFile> files = new ArrayList<>();

    synchronized void take(int slot) {
      boolean interrupted = false;
      while (taken.contains(slot)) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      taken.add(slot);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    synchronized void giveBack(int slot) {
      taken.remove(slot);
      notifyAll();
    }
  }

  private final File name;
  private final Group group;
  private final FileChannel channel;
  private final MappedByteBuffer memory;

  private ShmCounter(File name, Group group, FileChannel channel, MappedByteBuffer memory) {
    this.name = name;
    this.group = group;
    this.channel = channel;
    this.memory = memory;
  }

  /** Maps a file. */
  public static ShmCounter open(Path file, int slots) throws IOException {
    synchronized (GROUPS) {
      RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw");
      File name = file.toFile().getCanonicalFile();
      Group group = GROUPS.computeIfAbsent(name, f -> new Group());
      group.files.add(access);
      if (access.length() < 8L * slots) {
        access.setLength(8L * slots);
      }
      FileChannel channel = access.getChannel();
      MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, 8L * slots);
      ShmCounter counter = new ShmCounter(name, group, channel, memory);
      group.open.add(counter);
      return counter;
    }
  }

  /** The value of a slot. */
  public long get(int slot) {
    return (long) CELL.getAcquire(memory, at(slot));
  }

  /** Reads, adds and writes, and relies on luck. */
  public long addRacy(int slot, long delta) {
    CELL.set(memory, at(slot), (long) CELL.get(memory, at(slot)) + delta);
    return (long) CELL.get(memory, at(slot));
  }

  /** Adds in one step of the processor. */
  public long addAtomic(int slot, long delta) {
    return delta + (long) CELL.getAndAdd(memory, at(slot), delta);
  }

  /** Changes a slot while nobody else does so. */
  public long updateLocked(int slot, LongUnaryOperator change) throws IOException {
    int place = at(slot);
    group.take(slot);
    FileLock lock = null;
    try {
      lock = channel.lock(place, 8, false);
      long value = change.applyAsLong(get(slot));
      CELL.setRelease(memory, place, value);
      return value;
    } finally {
      if (lock != null) {
        lock.release();
      }
      group.giveBack(slot);
    }
  }

  private int at(int slot) {
    if (slot < 0 || slot >= memory.capacity() / 8) {
      throw new IndexOutOfBoundsException("there is no slot " + slot);
    }
    return 8 * slot;
  }

  /** Lets go of the file. */
  @Override
  public void close() throws IOException {
    synchronized (GROUPS) {
      group.open.remove(this);
      if (group.open.isEmpty()) {
        GROUPS.remove(name);
        for (RandomAccessFile file : group.files) {
          file.close();
        }
        group.files.clear();
      }
    }
  }
}

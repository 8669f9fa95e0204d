package threadmill.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import threadmill.measure.Clock;
import threadmill.measure.Proc;

/** What a hand-off costs: between threads, between processes, and through shared memory. */
final class SwitchLab implements Lab {
  private static final int SECONDS = 12;
  private static final int BATCH = 200;
  private static final int VIRTUAL_BATCH = 1_000;

  @Override
  public String id() {
    return "labs.switchcost";
  }

  @Override
  public Findings run() throws IOException {
    Optional<String> allowed = Proc.system().allowedProcessors();
    boolean pinned = allowed.isPresent() && pin(allowed.get().replaceAll("\\D.*", ""));
    try (Rounds rounds = rounds()) {
      return findings(rounds.run(SECONDS), pinned);
    } finally {
      if (pinned) {
        pin(allowed.orElseThrow());
      }
    }
  }

  @Override
  public Rounds rounds() throws IOException {
    Rounds rounds = new Rounds(Clock.system());
    rounds.add("adding to shared memory", 10_000, new Shared()::increment);
    Virtual.starter()
        .ifPresent(
            start ->
                rounds.addWhole(
                    "virtual threads, park", VIRTUAL_BATCH, () -> virtual(start, VIRTUAL_BATCH)));
    rounds.add("threads, park", BATCH, rounds.hold(new Parked(SwitchLab::daemon))::roundTrip);
    rounds.add("threads, monitor", BATCH, rounds.hold(new Monitors())::roundTrip);
    Optional<String> mkfifo = Children.tool("mkfifo");
    if (mkfifo.isPresent()) {
      rounds.add("threads, pipe", BATCH, rounds.hold(new Pipes(mkfifo.get()))::roundTrip);
    }
    Optional<String> cat = Children.tool("cat");
    if (cat.isPresent()) {
      rounds.add("processes, pipe", BATCH, rounds.hold(new Cat(cat.get()))::roundTrip);
    }
    return rounds;
  }

  private static Findings findings(Rounds rounds, boolean pinned) {
    List<List<String>> rows = new ArrayList<>();
    rounds.names().forEach(name -> rows.add(rounds.row(name, "threads, park")));
    List<String> notes = new ArrayList<>();
    notes.add(
        "A round trip is two hand-offs. What is added to memory that processes share needs none.");
    notes.add(
        pinned
            ? "Both sides on one core: this is the switch. On two cores waking the other one up is dearer."
            : "The sides could not be put on one core (no taskset): waking another core up is in it.");
    notes.add(
        "Compare pipe with pipe: what is left between the two is the price of the other process.");
    notes.add("What caches lose in a switch does not show here: these two hardly use any memory.");
    notes.addAll(rounds.remarks("medians with 95 % intervals"));
    return new Findings(
        "There and back",
        List.of("", "µs", "95 %", "× park"),
        rows,
        notes,
        Plot.bars(
            "There and back",
            "microseconds (logarithmic)",
            rounds.names(),
            rounds.names().stream().map(n -> rounds.median(n) / 1_000).toList()));
  }

  /** Puts all threads of this JVM on these cores, where the system has a tool for it. */
  private static boolean pin(String cores) {
    Optional<String> taskset = Children.tool("taskset");
    String self = Long.toString(ProcessHandle.current().pid());
    taskset.ifPresent(tool -> Children.run(List.of(tool, "-acp", cores, self)));
    return taskset.isPresent();
  }

  /** Two virtual threads; that they are started and end is shared by many round trips. */
  private static void virtual(Function<Runnable, Thread> start, int times) {
    Parked game = new Parked(start);
    Thread first =
        start.apply(
            () -> {
              for (int i = 0; i < times; i++) {
                game.roundTrip();
              }
            });
    try {
      first.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    game.close();
  }

  /** A number in memory that other processes can map too. */
  private static final class Shared {
    private static final VarHandle LONG =
        MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;

    Shared() throws IOException {
      Path file = Files.createTempFile("threadmill", ".shared");
      try (var channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
      } finally {
        Files.delete(file);
      }
    }

    void increment() {
      long before = (long) LONG.getAndAdd(memory, 0, 1L);
      if (before < 0) {
        throw new IllegalStateException("overflow");
      }
    }
  }

  /** Two threads that park and wake each other. */
  private static final class Parked implements Rounds.Resource {
    private final Thread partner;
    private volatile Thread first;
    private volatile boolean yours;
    private volatile boolean over;

    Parked(Function<Runnable, Thread> start) {
      partner = start.apply(this::play);
    }

    private void play() {
      while (true) {
        while (!yours && !over) {
          LockSupport.park(this);
        }
        if (over) {
          return;
        }
        yours = false;
        LockSupport.unpark(first);
      }
    }

    void roundTrip() {
      first = Thread.currentThread();
      yours = true;
      LockSupport.unpark(partner);
      while (yours) {
        LockSupport.park(this);
      }
    }

    @Override
    public void close() {
      over = true;
      LockSupport.unpark(partner);
    }
  }

  /** Two threads at one monitor. */
  private static final class Monitors implements Rounds.Resource {
    private boolean yours;
    private boolean over;

    Monitors() {
      daemon(this::play);
    }

    private synchronized void play() {
      while (!over) {
        yours = false;
        notifyAll();
        while (!yours && !over) {
          await();
        }
      }
    }

    synchronized void roundTrip() {
      yours = true;
      notifyAll();
      while (yours) {
        await();
      }
    }

    private void await() {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public synchronized void close() {
      over = true;
      notifyAll();
    }
  }

  /**
   * Two threads and the pipes between them, as between processes. They are named pipes, because a
   * {@link java.nio.channels.Pipe} was measured to cost a tenth more.
   */
  private static final class Pipes implements Rounds.Resource {
    private static final int BALL = 1;
    private static final int OVER = 0;

    private final RandomAccessFile there;
    private final RandomAccessFile back;
    private final Thread partner;

    Pipes(String mkfifo) throws IOException {
      Path folder = Files.createTempDirectory("threadmill-lab");
      Path one = folder.resolve("there");
      Path other = folder.resolve("back");
      try {
        Children.run(List.of(mkfifo, one.toString(), other.toString()));
        // Opened for both, neither waits for another side to open it.
        there = new RandomAccessFile(one.toFile(), "rw");
        back = new RandomAccessFile(other.toFile(), "rw");
      } finally {
        Files.deleteIfExists(one);
        Files.deleteIfExists(other);
        Files.delete(folder);
      }
      partner = daemon(this::play);
    }

    private void play() {
      try {
        while (there.read() == BALL) {
          back.write(BALL);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void roundTrip() {
      try {
        there.write(BALL);
        if (back.read() != BALL) {
          throw new IOException("the other thread has ended");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException, InterruptedException {
      there.write(OVER);
      partner.join();
      there.close();
      back.close();
    }
  }

  /** A process that sends back what it gets. */
  private static final class Cat implements Rounds.Resource {
    private final Process process;
    private final OutputStream out;
    private final InputStream in;

    Cat(String cat) throws IOException {
      process = new ProcessBuilder(cat).start();
      out = process.getOutputStream();
      in = process.getInputStream();
    }

    void roundTrip() {
      try {
        out.write(1);
        out.flush();
        if (in.read() != 1) {
          throw new IOException("the other process has ended");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
      Children.end(process, 5);
    }
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}

package threadmill.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  @Override
  public String id() {
    return "labs.switchcost";
  }

  @Override
  public Findings run() throws IOException {
    Rounds rounds = new Rounds(Clock.system());
    Optional<String> allowed = Proc.system().allowedProcessors();
    boolean pinned = allowed.isPresent() && pin(allowed.get().replaceAll("\\D.*", ""));
    List<AutoCloseable> open = new ArrayList<>();
    try {
      Shared shared = new Shared();
      rounds.add("adding to shared memory", 10_000, shared::increment);
      Virtual.starter()
          .ifPresent(
              start -> rounds.addWhole("virtual threads, park", BATCH, () -> virtual(start)));
      Parked parked = new Parked();
      open.add(parked);
      rounds.add("threads, park", BATCH, parked::roundTrip);
      Monitors monitors = new Monitors();
      open.add(monitors);
      rounds.add("threads, monitor", BATCH, monitors::roundTrip);
      Piped piped = new Piped();
      open.add(piped);
      rounds.add("threads, pipe", BATCH, piped::roundTrip);
      Optional<String> cat = Children.tool("cat");
      if (cat.isPresent()) {
        Pipe pipe = new Pipe(cat.get());
        open.add(pipe);
        rounds.add("processes, pipe", BATCH, pipe::roundTrip);
      }
      rounds.run(SECONDS);
      return findings(rounds, pinned);
    } finally {
      open.forEach(SwitchLab::close);
      if (pinned) {
        pin(allowed.orElseThrow());
      }
    }
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

  private static void close(AutoCloseable some) {
    try {
      some.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Two virtual threads, and as many round trips as the others make in a batch. */
  private static void virtual(Function<Runnable, Thread> start) {
    Parked game = new Parked(start);
    Thread first =
        start.apply(
            () -> {
              for (int i = 0; i < BATCH; i++) {
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
  private static final class Parked implements AutoCloseable {
    private final Thread partner;
    private volatile Thread first;
    private volatile boolean yours;
    private volatile boolean over;

    Parked() {
      this(SwitchLab::daemon);
    }

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
  private static final class Monitors implements AutoCloseable {
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

  /** Two threads that send each other a byte through the kernel, as processes do. */
  private static final class Piped implements AutoCloseable {
    private final java.nio.channels.Pipe there = java.nio.channels.Pipe.open();
    private final java.nio.channels.Pipe back = java.nio.channels.Pipe.open();
    private final ByteBuffer ball = ByteBuffer.allocateDirect(1);
    private final Thread partner;

    Piped() throws IOException {
      partner = daemon(this::play);
    }

    private void play() {
      ByteBuffer caught = ByteBuffer.allocateDirect(1);
      try {
        while (there.source().read(caught) > 0) {
          back.sink().write(caught.flip());
          caught.clear();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void roundTrip() {
      try {
        there.sink().write(ball.clear());
        back.source().read(ball.clear());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      there.sink().close();
      try {
        partner.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      there.source().close();
      back.sink().close();
      back.source().close();
    }
  }

  /** A process that sends back what it gets. */
  private static final class Pipe implements AutoCloseable {
    private final Process process;
    private final OutputStream out;
    private final InputStream in;

    Pipe(String cat) throws IOException {
      process = new ProcessBuilder(cat).start();
      out = process.getOutputStream();
      in = process.getInputStream();
    }

    void roundTrip() {
      try {
        out.write(1);
        out.flush();
        in.read();
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

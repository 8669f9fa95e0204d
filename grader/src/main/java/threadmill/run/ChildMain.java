package threadmill.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.LogManager;
import threadmill.harness.Crew;
import threadmill.harness.HeldUp;
import threadmill.harness.OwnUse;
import threadmill.harness.Processes;
import threadmill.kit.Kit;
import threadmill.model.Outcome;

/**
 * The child JVM: runs one check at a time as the judge asks and answers over a socket of its own.
 * It does not outlive the judge: when the socket closes, it ends its children and itself.
 */
final class ChildMain {
  /** The exit code of a driver that cannot go on; it speaks against nobody. */
  static final int DRIVER_FAILED = 10;

  /** The exit code of a driver that cannot go on because no descriptor is left to it. */
  static final int OUT_OF_DESCRIPTORS = 11;

  private static final int JUDGE_IS_GONE = 9;

  private final ResourceCheck resources = new ResourceCheck();
  private final DataInputStream in;
  private final DataOutputStream out;
  private final BlockingQueue<Wire.Message> inbox = new LinkedBlockingQueue<>();

  private ChildMain(SocketChannel channel) {
    this.in = ChannelStreams.input(channel);
    this.out = ChannelStreams.output(channel);
  }

  /**
   * @param args the path of the judge's socket, and the class path of JVMs that are started here
   */
  public static void main(String[] args) throws IOException {
    // Modules are not on this JVM's own; those that a submission starts need none.
    System.setProperty("java.class.path", args[1]);
    UnsafeAccess.close();
    // Libraries that log would write into what is kept as the student's output.
    LogManager.getLogManager().reset();
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(Path.of(args[0])));
    ChildMain child = new ChildMain(channel);
    Thread server = new Undisturbed(child::serve, "judge");
    server.start();
    new Undisturbed(child::listen, "judge listener").start();
    while (server.isAlive()) {
      try {
        server.join();
      } catch (InterruptedException e) {
        // A student's code that interrupts all threads does not end the run by it.
        continue;
      }
    }
  }

  /** A thread that cannot be interrupted: an interrupt would close the channel it works on. */
  private static final class Undisturbed extends Thread {
    Undisturbed(Runnable work, String name) {
      super(work, name);
    }

    @Override
    public void interrupt() {
      // Nobody who may end this run does it so.
    }
  }

  private void serve() {
    Crew.begin();
    try {
      Wire.write(out, new Wire.Hello(Wire.VERSION, Kit.version(), ProcessHandle.current().pid()));
      while (true) {
        Wire.Message message = inbox.take();
        if (message instanceof Wire.Ask ask) {
          Wire.write(out, answer(ask));
        } else if (message instanceof Wire.Farewell farewell) {
          Wire.write(out, farewell);
          Runtime.getRuntime().halt(0);
        }
      }
    } catch (IOException | InterruptedException e) {
      Runtime.getRuntime().halt(JUDGE_IS_GONE);
    } catch (Throwable e) {
      // Without descriptors or memory nothing works any more; silence would only cost time.
      Runtime.getRuntime()
          .halt(Resource.noDescriptor().isPresent() ? OUT_OF_DESCRIPTORS : DRIVER_FAILED);
    }
  }

  private void listen() {
    try {
      while (true) {
        inbox.add(Wire.read(in));
      }
    } catch (IOException e) {
      Processes.endAll();
      Runtime.getRuntime().halt(JUDGE_IS_GONE);
    }
  }

  private Wire.Answer answer(Wire.Ask ask) throws InterruptedException {
    OwnUse.begin();
    long begin = System.nanoTime();
    CompletableFuture<CheckRun.Ended> result = new CompletableFuture<>();
    Thread runner = new Undisturbed(() -> run(ask, result), "check");
    runner.setDaemon(true);
    runner.start();
    boolean overdue = false;
    CheckRun.Ended ended;
    try {
      ended = result.get(ask.limitSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      overdue = true;
      ended = overdue(runner, ask.limitSeconds());
    } catch (ExecutionException e) {
      ended =
          CheckRun.Ended.inconclusive(
              "the check itself failed: " + e.getCause().getClass().getName());
    }
    // What holds a check up was seen; a lock that is kept may be one that our own probe needs.
    if (ended.outcome() == Outcome.FAILED && !overdue) {
      ended =
          ended
              .finding()
              .flatMap(resources::excuse)
              .map(CheckRun.Ended::inconclusive)
              .orElse(ended);
    }
    if (ended.outcome() == Outcome.INCONCLUSIVE && Resource.noDescriptor().isPresent()) {
      Runtime.getRuntime().halt(OUT_OF_DESCRIPTORS);
    }
    boolean spent = overdue || Crew.abandoned() > 0 || !endProcesses();
    return new Wire.Answer(
        ask.nonce(), ended.outcome(), ended.finding(), System.nanoTime() - begin, spent);
  }

  private static CheckRun.Ended overdue(Thread runner, int seconds) {
    return HeldUp.by(runner)
        .map(finding -> new CheckRun.Ended(Outcome.FAILED, Optional.of(finding)))
        .orElseGet(
            () -> CheckRun.Ended.inconclusive("the check took more than " + seconds + " seconds"));
  }

  /** Whether that could be done; a program that used up all descriptors prevents it. */
  private static boolean endProcesses() {
    try {
      Processes.endAll();
      return true;
    } catch (RuntimeException | Error e) {
      return false;
    }
  }

  private static void run(Wire.Ask ask, CompletableFuture<CheckRun.Ended> result) {
    try {
      result.complete(CheckRun.run(ask));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }
}

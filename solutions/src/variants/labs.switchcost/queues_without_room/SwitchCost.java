package labs.switchcost;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import threadmill.Clock;

/** Tells what it costs to switch: medians of round trips, less the work. */
public final class SwitchCost {
  private SwitchCost() {}

  /** The cost of one hand-off. */
  public static double perSwitchNanos(PingPong game, int warmup, int rounds, Clock clock) {
    median(game::roundTrip, warmup, clock);
    median(game::work, warmup, clock);
    double there = median(game::roundTrip, rounds, clock);
    double baseline = median(game::work, rounds, clock);
    return (there - baseline) / 2;
  }

  private static double median(Runnable action, int times, Clock clock) {
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long begin = clock.nanos();
      action.run();
      nanos[i] = clock.nanos() - begin;
    }
    Arrays.sort(nanos);
    return times == 0 ? 0 : (nanos[(times - 1) / 2] + nanos[times / 2]) / 2.0;
  }

  /** A game of two threads of this JVM. */
  public static PingPong threads(Runnable ping, Runnable pong) {
    return new Table(ping, pong);
  }

  /** Two threads and two queues without room, for the ball and back. */
  private static final class Table implements PingPong {
    private static final String BALL = "ball";
    private static final String HOME = "home";

    private final Runnable ping;
    private final Runnable pong;
    private final SynchronousQueue<String> there = new SynchronousQueue<>();
    private final SynchronousQueue<String> back = new SynchronousQueue<>();
    private final Thread partner;

    Table(Runnable ping, Runnable pong) {
      this.ping = ping;
      this.pong = pong;
      partner = new Thread(this::play);
      partner.setDaemon(true);
      partner.start();
    }

    private void play() {
      try {
        while (there.take().equals(BALL)) {
          pong.run();
          back.put(BALL);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void roundTrip() {
      try {
        ping.run();
        there.put(BALL);
        back.take();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void work() {
      ping.run();
      pong.run();
    }

    @Override
    public void close() {
      try {
        there.put(HOME);
        partner.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A game with another process. */
  public static PingPong processes(List<String> command) throws IOException {
    return new Pipes(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** Two processes and the pipes between them. */
  private static final class Pipes implements PingPong {
    private final Process process;
    private final OutputStream out;
    private final InputStream in;

    Pipes(Process process) {
      this.process = process;
      this.out = process.getOutputStream();
      this.in = process.getInputStream();
    }

    @Override
    public void roundTrip() {
      try {
        out.write(new byte[] {1});
        out.flush();
        if (in.read() < 0) {
          throw new IOException("the other process has ended");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void work() {
      // Neither side does anything but pass the ball on.
      return;
    }

    @Override
    public void close() {
      try {
        out.close();
        process.onExit().join();
        in.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

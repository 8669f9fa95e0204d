package labs.switchcost;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import threadmill.Clock;

/** Tells what it costs to switch: medians of round trips, less the work. */
public final class SwitchCost {
  private SwitchCost() {}

  /** The cost of one hand-off. */
  public static double perSwitchNanos(PingPong game, int warmup, int rounds, Clock clock) {
    long[] trips = new long[rounds];
    long[] works = new long[rounds];
    for (int i = -warmup; i < rounds; i++) {
      long begin = clock.nanos();
      game.roundTrip();
      long middle = clock.nanos();
      game.work();
      long end = clock.nanos();
      if (i >= 0) {
        trips[i] = middle - begin;
        works[i] = end - middle;
      }
    }
    Arrays.sort(trips);
    Arrays.sort(works);
    return (trips[rounds / 2] - works[rounds / 2]) / 2.0;
  }

  /** A game of two threads of this JVM. */
  public static PingPong threads(Runnable ping, Runnable pong) {
    return new Table(ping, pong);
  }

  /** Two threads that park and wake each other. */
  private static final class Table implements PingPong {
    private enum Turn {
      PING,
      PONG,
      HOME
    }

    private final Runnable ping;
    private final Runnable pong;
    private final Thread partner;
    private volatile Turn turn = Turn.PING;
    private volatile Thread first;

    Table(Runnable ping, Runnable pong) {
      this.ping = ping;
      this.pong = pong;
      partner = new Thread(this::play);
      partner.setDaemon(true);
      partner.start();
    }

    private void play() {
      while (true) {
        while (turn == Turn.PING) {
          LockSupport.park(this);
        }
        if (turn == Turn.HOME) {
          return;
        }
        pong.run();
        turn = Turn.PING;
        LockSupport.unpark(first);
      }
    }

    @Override
    public void roundTrip() {
      first = Thread.currentThread();
      ping.run();
      turn = Turn.PONG;
      LockSupport.unpark(partner);
      while (turn == Turn.PONG) {
        LockSupport.park(this);
      }
    }

    @Override
    public void work() {
      ping.run();
      pong.run();
    }

    @Override
    public void close() {
      turn = Turn.HOME;
      LockSupport.unpark(partner);
      try {
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
        out.write('.');
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
        process.waitFor();
        in.close();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

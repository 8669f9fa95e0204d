package processes.tabsupervisor;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A process that is none: it does what a check wants, and when. Thread-safe. */
final class FakeTab implements TabProcess {
  private static final Object END = new Object();

  private final String name;
  private final long pid;
  private final BlockingQueue<Object> lines = new LinkedBlockingQueue<>();
  private final List<String> unanswered = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> exit = new CompletableFuture<>();
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile boolean silent;
  private volatile boolean deaf;
  private volatile boolean slowToDie;
  private volatile CountDownLatch unread = new CountDownLatch(0);
  private volatile boolean killed;
  private volatile boolean alive = true;

  FakeTab(String name, long pid) {
    this.name = name;
    this.pid = pid;
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return alive;
  }

  boolean isKilled() {
    return killed;
  }

  /** Answers nothing from now on. */
  FakeTab silent() {
    silent = true;
    return this;
  }

  /** Does not read what it is sent: who sends it something waits until it has ended. */
  FakeTab deaf() {
    deaf = true;
    return this;
  }

  /** Does not end at once when it is killed. */
  FakeTab slowToDie() {
    slowToDie = true;
    return this;
  }

  /** What it says from now on is not there to be read until {@link #readable}. */
  FakeTab unreadable() {
    unread = new CountDownLatch(1);
    return this;
  }

  void readable() {
    unread.countDown();
  }

  int unanswered() {
    return unanswered.size();
  }

  /** Answers all that was asked, in order. */
  synchronized void answerAll() {
    silent = false;
    unanswered.forEach(line -> lines.add(name + ":" + line));
    unanswered.clear();
  }

  /** Says something that cannot be read. */
  void babble(Exception how) {
    lines.add(how);
  }

  /** Answers the oldest question only. */
  synchronized void answerOne() {
    lines.add(name + ":" + unanswered.remove(0));
  }

  /** Has ended, and the kernel has told so already. */
  FakeTab stillborn() {
    end();
    exit.join();
    return this;
  }

  /** Ends. */
  synchronized void end() {
    if (alive) {
      alive = false;
      lines.add(END);
      gone.countDown();
      // Whoever waits for a real process is told by a thread of the JDK's.
      exit.completeAsync(() -> null, work -> FakeTabs.thread(work).start());
    }
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public void send(String line) throws IOException {
    if (deaf) {
      try {
        gone.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }
    take(line);
  }

  private synchronized void take(String line) throws IOException {
    if (!alive) {
      throw new IOException("Broken pipe");
    }
    if (silent) {
      unanswered.add(line);
    } else {
      lines.add(name + ":" + line);
    }
  }

  @Override
  public String receive() throws IOException {
    try {
      Object next = lines.take();
      unread.await();
      if (next == END) {
        lines.add(END);
        return null;
      }
      if (next instanceof RuntimeException bad) {
        throw bad;
      }
      if (next instanceof IOException bad) {
        throw bad;
      }
      return (String) next;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public CompletableFuture<Void> onExit() {
    return exit.thenApply(done -> done);
  }

  @Override
  public void kill() {
    killed = true;
    if (!slowToDie) {
      end();
    }
  }
}

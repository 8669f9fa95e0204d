package bench.peer;

import bench.peer.Verdict.Answer;
import bench.programs.Program;
import bench.programs.Programs;
import java.nio.ByteBuffer;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;

/** Asks Lincheck's model checker about one program: name, invocations, milliseconds. */
public final class Linchecking {
  /** Off the heap: Lincheck restores static variables after each invocation. */
  private static final ByteBuffer RUNS = ByteBuffer.allocateDirect(8);

  private Linchecking() {}

  /** A thread's part of the program. No Thread: Lincheck does not see the join of a subclass. */
  private static final class Part implements Runnable {
    private final Program program;
    private final int me;
    private Throwable thrown;

    Part(Program program, int me) {
      this.program = program;
      this.me = me;
    }

    @Override
    public void run() {
      try {
        program.run(me);
      } catch (Throwable t) {
        thrown = t;
      }
    }
  }

  public static void main(String[] args) {
    String name = args[0];
    int budget = Integer.parseInt(args[1]);
    Verdict.by(Long.parseLong(args[2]), () -> RUNS.getLong(0));
    long start = System.nanoTime();
    Answer answer;
    String words;
    try {
      Lincheck.runConcurrentTest(budget, new Play(name));
      answer = Answer.NOTHING_FOUND;
      words = "";
    } catch (LincheckAssertionError e) {
      answer = Answer.WRONG;
      words =
          e.getMessage()
              .lines()
              .filter(l -> !l.isBlank())
              .limit(3)
              .reduce("", (a, b) -> a + " " + b);
    } catch (Throwable e) {
      answer = Answer.UNDECIDED;
      words = e.toString();
    }
    Verdict.now(answer, RUNS.getLong(0), start, words).print();
  }

  /** One invocation. A class, because Lincheck cannot look into a lambda. */
  private static final class Play implements Runnable {
    private final String name;

    Play(String name) {
      this.name = name;
    }

    @Override
    public void run() {
      play(name);
    }
  }

  private static void play(String name) {
    RUNS.putLong(0, RUNS.getLong(0) + 1);
    Program program = Programs.create(name);
    Part[] parts = new Part[program.threads()];
    Thread[] threads = new Thread[parts.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new Part(program, i);
      threads[i] = new Thread(parts[i]);
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    for (Part part : parts) {
      if (part.thrown != null) {
        throw new AssertionError(part.thrown);
      }
    }
    if (!program.right()) {
      throw new AssertionError("the end is not right");
    }
  }
}

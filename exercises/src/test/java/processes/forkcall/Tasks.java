package processes.forkcall;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import threadmill.JavaCommand;
import threadmill.harness.Door;

/** What children are asked to do. */
final class Tasks {
  /** Longer than a pipe holds, and than some ways to write a text can say. */
  static final String LONG_MESSAGE = "so much to say, ".repeat(5_000);

  private Tasks() {}

  /** Counts in a static field, and says where. */
  public static final class Count implements ForkTask<String, ArrayList<Long>> {
    static int counter;

    @Override
    public ArrayList<Long> call(String ignored) {
      counter++;
      ProcessHandle self = ProcessHandle.current();
      long parent = self.parent().map(ProcessHandle::pid).orElse(-1L);
      return new ArrayList<>(List.of((long) counter, self.pid(), parent));
    }
  }

  /** Gives back what it is given. */
  public static final class Echo implements ForkTask<Serializable, Serializable> {
    @Override
    public Serializable call(Serializable argument) {
      return argument;
    }
  }

  /** Waits at a door, and gives back the word it came with. */
  public static final class Wait implements ForkTask<ArrayList<String>, String> {
    @Override
    public String call(ArrayList<String> doorAndWord) {
      Door.waitAt(doorAndWord.get(0));
      return doorAndWord.get(1);
    }
  }

  /** Will not be asked to end. */
  public static final class Stay implements ForkTask<String, String> {
    @Override
    public String call(String door) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Door.waitAt(door)));
      Door.waitAt(door);
      return "let in";
    }
  }

  /** Waits with a child and a grandchild of its own, which hold its pipes. */
  public static final class StayWithFamily implements ForkTask<String, String> {
    @Override
    public String call(String door) throws IOException {
      new ProcessBuilder(JavaCommand.of(StayWithFamily.class, door, "child")).inheritIO().start();
      Door.waitAt(door);
      return "let in";
    }

    public static void main(String[] doorAndWho) throws IOException {
      String door = doorAndWho[0];
      if (doorAndWho[1].equals("child")) {
        new ProcessBuilder(JavaCommand.of(StayWithFamily.class, door, "grandchild"))
            .inheritIO()
            .start();
      }
      Door.waitAt(door);
    }
  }

  /** Prints a lot around its work. */
  public static final class Print implements ForkTask<Integer, String> {
    @Override
    public String call(Integer bytes) {
      System.out.print("x".repeat(bytes));
      System.err.print("y".repeat(bytes));
      System.out.println();
      return "printed";
    }
  }

  /** Throws. */
  public static final class Throw implements ForkTask<String, String> {
    @Override
    public String call(String what) throws Exception {
      switch (what) {
        case "a checked exception" -> throw new IOException("no such thing: é");
        case "an error" -> throw new StackOverflowError("too deep");
        case "a failed execution" -> throw new ExecutionException(new IOException("inside"));
        case "an exception without a message" -> throw new UnsupportedOperationException();
        case "a translated exception" -> throw new Translated();
        case "a lot" -> throw new IOException(LONG_MESSAGE);
        default -> throw new Unsendable();
      }
    }
  }

  /** An exception that has its message in another language as well. */
  static final class Translated extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Translated() {
      super("file not found");
    }

    @Override
    public String getLocalizedMessage() {
      return "\ud30c\uc77c \uc5c6\uc74c";
    }
  }

  /** An exception that cannot be serialised. */
  static final class Unsendable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Thread thread = Thread.currentThread();

    Thread thread() {
      return thread;
    }
  }

  /** Ends its process in several ways. */
  public static final class End implements ForkTask<String, Serializable> {
    @Override
    public Serializable call(String how) {
      if (how.startsWith("halt(9)")) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(9)));
      }
      switch (how) {
        case "halt(7)" -> Runtime.getRuntime().halt(7);
        case "halt(0)" -> Runtime.getRuntime().halt(0);
        case "exit(0)" -> System.exit(0);
        case "exit(3)" -> System.exit(3);
        case "in the middle of its reply" -> {
          return new Torn();
        }
        case "halt(9) after it has thrown" -> throw new IllegalStateException("thrown");
        case "halt(9) after a reply that cannot be sent" -> {
          return new Object[] {new Object()};
        }
        case "halt(9) after its reply" -> {
          return "a reply";
        }
        default -> new Thread(() -> park()).start();
      }
      return "a reply";
    }

    private static void park() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A result whose serialisation ends the process when a part of it is written. */
  static final class Torn implements Serializable {
    private static final long serialVersionUID = 1L;

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.write(new byte[5_000]);
      out.flush();
      Runtime.getRuntime().halt(4);
    }
  }

  /** Gives back what cannot be sent. */
  public static final class Unsent implements ForkTask<String, Serializable> {
    @Override
    public Serializable call(String ignored) {
      return new Object[] {new Object()};
    }
  }
}

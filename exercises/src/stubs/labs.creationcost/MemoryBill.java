package labs.creationcost;

import static threadmill.Todo.todo;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/** Tells what memory threads and processes take. */
public final class MemoryBill {
  private MemoryBill() {}

  /**
   * What a thread that lives and waits adds to the memory of this process.
   *
   * @param memory tells the memory of this process now, in bytes
   * @param threads how many to start for that; they have ended when this returns
   */
  public static long perThreadBytes(LongSupplier memory, int threads) throws InterruptedException {
    // TODO
    throw todo();
  }

  /**
   * What a process takes.
   *
   * @param memoryOf tells the memory of the process with this id, in bytes
   * @param command a program that runs until its standard input ends
   * @param processes how many to start for that; they have ended when this returns
   */
  public static long perProcessBytes(
      LongUnaryOperator memoryOf, List<String> command, int processes)
      throws IOException, InterruptedException {
    // TODO
    throw todo();
  }
}

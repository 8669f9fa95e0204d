package threadmill.jail;

import java.time.Duration;

/** A confined process and everything it started. Thread-safe. */
public interface Inmate extends AutoCloseable {
  /** The process that stands for all; its exit code is that of the confined command. */
  Process process();

  /** Processor time used so far by all that run. */
  Duration cpu();

  /** How many processes and threads it has now, as Linux tells; 0 where nobody does. */
  int tasks();

  /** Whether the confined command was stopped by a signal, as Linux tells. */
  boolean isStopped();

  /** Whether something was ended because all together used too much memory. */
  boolean isOutOfMemory();

  /**
   * Whether a process or thread could not be started because there were too many already, as far as
   * the kernel tells.
   */
  boolean isOutOfTasks();

  /** Ends the whole tree, at once and by force; does nothing if that was done before. */
  void end();

  @Override
  default void close() {
    end();
  }
}

package threadmill.jail;

/** A confined process and everything it started. Thread-safe. */
public interface Inmate extends AutoCloseable {
  Process process();

  /** Ends the whole tree, at once and by force; does nothing if that was done before. */
  void end();

  @Override
  default void close() {
    end();
  }
}

package threadmill.harness;

/** A piece of the student's code that a {@link Crew} thread runs. */
@FunctionalInterface
public interface Action {
  void run() throws Throwable;
}

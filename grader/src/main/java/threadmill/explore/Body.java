package threadmill.explore;

/** What a simulated thread does. */
@FunctionalInterface
public interface Body {
  void run() throws Throwable;
}

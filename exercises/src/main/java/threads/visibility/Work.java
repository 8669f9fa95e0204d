package threads.visibility;

/** A piece of work that is done again and again. Given: a grading run uses its own copy. */
@FunctionalInterface
public interface Work {
  void doOnce();
}

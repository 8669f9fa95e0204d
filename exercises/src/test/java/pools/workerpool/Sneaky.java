package pools.workerpool;

/** Throws whatever it is given, as code in other languages of the JVM may. */
final class Sneaky {
  private Sneaky() {}

  static void doThrow(Throwable failure) {
    Sneaky.<RuntimeException>as(failure);
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void as(Throwable failure) throws X {
    throw (X) failure;
  }
}

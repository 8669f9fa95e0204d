// CRASH | D | Throws exceptions that throw, or end the JVM, when somebody looks at them.
package toys.box;

public class Box {
  static class Hostile extends RuntimeException {
    @Override
    public String getMessage() {
      throw this;
    }

    @Override
    public String toString() {
      throw this;
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw this;
    }

    @Override
    public synchronized Throwable getCause() {
      return this;
    }

    @Override
    public boolean equals(Object other) {
      throw this;
    }

    @Override
    public int hashCode() {
      throw this;
    }
  }

  public int next() throws Exception {
    throw new Hostile();
  }
}

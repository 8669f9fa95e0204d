package threadmill.explore.sim;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Random;

/** Stands in for {@link SecureRandom}: nothing in a run is secret, and the next one is alike. */
public final class SimSecure extends SecureRandom {
  private static final long serialVersionUID = 1L;

  public SimSecure() {
    super(new Source(Hooks.seed()), null);
  }

  public SimSecure(byte[] seed) {
    this();
  }

  public static SimSecure getInstance(String algorithm) {
    return new SimSecure();
  }

  public static SimSecure getInstanceStrong() {
    return new SimSecure();
  }

  private static final class Source extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;
    private final Random random;

    Source(long seed) {
      random = new Random(seed);
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      // More of it would change nothing.
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      byte[] seed = new byte[count];
      random.nextBytes(seed);
      return seed;
    }
  }
}

package threadmill.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import threadmill.model.Submission;

/** Gives each submission the seed of everything random in its checks. */
@FunctionalInterface
public interface Seeds {
  long of(Submission submission);

  /** The same seed for all. */
  static Seeds fixed(long seed) {
    return submission -> seed;
  }

  /**
   * The seed of one check: from it, nobody can compute the submission's, and so not that of any
   * other check.
   */
  static long ofCheck(long seed, String check) {
    byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(seed).array();
    return of(key, check.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A seed that nobody can foresee who does not know the secret, and that is the same whenever the
   * same sources are graded: HMAC-SHA256 of the submission's hash.
   */
  static Seeds of(byte[] secret) {
    return submission -> of(secret, submission.hash().getBytes(StandardCharsets.US_ASCII));
  }

  private static long of(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return ByteBuffer.wrap(mac.doFinal(text)).getLong() >>> 1;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }
}

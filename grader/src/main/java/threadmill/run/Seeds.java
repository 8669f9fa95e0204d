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
   * A seed that nobody can foresee who does not know the secret, and that is the same whenever the
   * same sources are graded: HMAC-SHA256 of the submission's hash.
   */
  static Seeds of(byte[] secret) {
    SecretKeySpec key = new SecretKeySpec(secret, "HmacSHA256");
    return submission -> {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        byte[] code = mac.doFinal(submission.hash().getBytes(StandardCharsets.US_ASCII));
        return ByteBuffer.wrap(code).getLong() >>> 1;
      } catch (NoSuchAlgorithmException | InvalidKeyException e) {
        throw new IllegalStateException(e);
      }
    };
  }
}

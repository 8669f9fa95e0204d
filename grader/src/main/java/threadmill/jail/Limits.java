package threadmill.jail;

/**
 * What a confined process may use.
 *
 * @param descriptors open files, at most
 * @param fileBytes size of a single written file, in bytes, at most
 */
public record Limits(int descriptors, long fileBytes) {
  public static final Limits STANDARD = new Limits(1_024, 128L << 20);
}

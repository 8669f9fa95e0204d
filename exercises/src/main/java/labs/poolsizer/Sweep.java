package labs.poolsizer;

/**
 * What came of trying several sizes.
 *
 * @param sizes numbers of threads, ascending
 * @param throughput tasks per second with each of them
 */
public record Sweep(int[] sizes, double[] throughput) {}

package threadmill.model;

/**
 * One question a contract asks: a test method with an id, a sentence and points.
 *
 * @param id short and unique in its exercise, as in {@code S6}
 * @param sentence what must hold, in words
 * @param points what passing it is worth, at least 1
 * @param limitSeconds how long the child JVM may stay silent before the judge ends it
 */
public record Check(
    String id, String sentence, int points, int limitSeconds, String testClass, String method) {}

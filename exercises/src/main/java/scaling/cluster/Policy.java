package scaling.cluster;

/** Who gets the next request. */
public enum Policy {
  /** One after the other, in a circle. */
  ROUND_ROBIN,
  /** One of those with the fewest requests in flight. */
  LEAST_CONNECTIONS
}

package scaling.cluster;

/**
 * A backend that gets requests.
 *
 * @param inFlight how many requests it is working on
 */
public record BackendStatus(long pid, int inFlight) {}

package dev.tradingplatform.discovery;

/** Whether an endpoint accepts calls, and if not, the reason. */
public enum EndpointState {
    /** Accepts calls. */
    ACTIVE,
    /** Failed recently, but not often enough to be ejected. Accepts calls if no active endpoint is clearly better. */
    SUSPECT,
    /** Taken out of rotation because its calls failed. Readmitted after a probe or a trial call succeeds. */
    EJECTED,
    /** Announced its shutdown, or is no longer in DNS. Calls in flight finish; new calls go to other endpoints. */
    DRAINING,
    /** Removed from the pool. Still listed for a minute, for diagnosis. */
    REMOVED
}

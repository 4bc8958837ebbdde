package dev.tradingplatform.discovery.endpoint;

/** Whether an endpoint takes calls, and if not, why. */
public enum EndpointState {
    /** In the last answer, or known to live; takes calls. */
    ACTIVE,
    /** Failed lately, but not enough to be ejected; takes calls after the active ones. */
    SUSPECT,
    /** Taken out because its calls fail; comes back by itself after a while. */
    EJECTED,
    /** No longer in DNS; its calls in flight finish, new ones go elsewhere. */
    DRAINING,
    /** Removed; kept only to be shown. */
    GONE
}

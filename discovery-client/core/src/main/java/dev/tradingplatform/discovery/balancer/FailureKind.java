package dev.tradingplatform.discovery.balancer;

import java.util.Locale;

/**
 * The category of a failed attempt. It decides what the attempt says about its endpoint; see {@link EndpointHealth}.
 */
public enum FailureKind {
    /** No connection, so nothing was sent. The first one makes the endpoint suspect, the second one ejects it. */
    UNREACHABLE("no connection"),
    /** A new connection broke, or a response broke off. Ejects. */
    BROKEN("connection broken"),
    /** A pooled connection broke before the response: the server may have closed it while it was idle. Never ejects. */
    STALE_CONNECTION("pooled connection broken"),
    /** No response within the attempt timeout. Ejects, unless the endpoint answered another attempt meanwhile. */
    TIMED_OUT("no response in time"),
    /** 502, 503 or 504: the endpoint says that it cannot serve the call. Three in a row eject. */
    GATEWAY_STATUS("responds with 502, 503 or 504"),
    /** Any other 5xx: the request may be the cause. Ejects if the endpoint does so much more often than the others. */
    SERVER_ERROR("responds with 5xx"),
    /** The response or the certificate names another service, which has been given this address. Ejects. */
    FOREIGN("another service responds at this address");

    private final String label;
    private final String description;

    FailureKind(String description) {
        this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.description = description;
    }

    /** Returns the name in lower case with hyphens, for metrics. */
    public String label() {
        return label;
    }

    /** Returns a phrase for messages. */
    public String description() {
        return description;
    }

    /** Returns whether the service that was meant may have received the request. */
    public boolean sent() {
        return this != UNREACHABLE && this != FOREIGN;
    }
}

package dev.tradingplatform.discovery.balancer;

import java.util.Locale;

/** What an attempt says against its endpoint. */
public enum Fault {
    /** No connection: nothing was sent. Out at once, back as soon as a connection succeeds again. */
    UNREACHABLE("no connection"),
    /** The connection broke before the answer was whole. Out at once. */
    BROKEN("connection broken"),
    /** A connection kept from an earlier call broke; the endpoint may merely have closed it while it was idle. */
    STALE_CONNECTION("kept connection broken"),
    /** No answer within the attempt timeout. Out at once if it answered nobody else meanwhile. */
    TIMED_OUT("no answer in time"),
    /** 502, 503 or 504: it says itself that it cannot. Out after three in a row. */
    GATEWAY_STATUS("answers 502, 503 or 504"),
    /** Any other 5xx: perhaps the call's own fault. Out when half of its calls end so. */
    SERVER_ERROR("answers 5xx"),
    /** The answer or the certificate names another service: the address has been given away. Out at once. */
    FOREIGN("another service answers there");

    private final String words;
    private final String label;

    Fault(String words) {
        this.words = words;
        this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the request may have reached the service that was meant. */
    public boolean reached() {
        return this != UNREACHABLE && this != FOREIGN;
    }

    /** In lower case with hyphens, for metrics. */
    public String label() {
        return label;
    }

    /** In plain words. */
    String words() {
        return words;
    }
}

package dev.tradingplatform.discovery.balance;

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
    /** The answer names another service: the address has been given away. Out at once. */
    FOREIGN("another service answers there");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** In plain words. */
    String words() {
        return words;
    }
}

package dev.tradingplatform.discovery.call;

/** The header fields by which the two ends of a call speak of the call itself. */
public final class DiscoveryHeaders {

    /**
     * In a response: the Cloud Map service that gave it. Addresses are given away again within minutes, and a stale one
     * may lead to another service that answers 200; an answer with the wrong name here is never delivered.
     */
    public static final String SERVICE = "Discovery-Service";

    /** In a response, with any value: whoever gave it is shutting down and wants no new calls. */
    public static final String DRAINING = "Discovery-Draining";

    /** In a request: whole milliseconds the caller goes on waiting for. Work beyond that is done for nobody. */
    public static final String TIME_LEFT = "Discovery-Time-Left";

    /** In a response as Spring reads it: address and port of the endpoint. Set by this client, never by a server. */
    public static final String ENDPOINT = "Discovery-Endpoint";

    private DiscoveryHeaders() {}
}

package dev.tradingplatform.discovery;

/** The header fields by which client and server exchange information about a call. */
public final class DiscoveryHeaders {

    /**
     * Response: the Cloud Map service that sent it. IP addresses are reused within minutes; a response that names
     * another service is discarded. The client removes this field before the application sees the response.
     */
    public static final String SERVICE = "Discovery-Service";

    /**
     * Response, with any value: the server is shutting down and wants no new calls. The client removes this field
     * before the application sees the response.
     */
    public static final String DRAINING = "Discovery-Draining";

    /** Request: how long the caller still waits for the response, in whole milliseconds. */
    public static final String TIMEOUT_MS = "Discovery-Timeout-Ms";

    private DiscoveryHeaders() {}
}

package dev.tradingplatform.discovery.test;

/** What becomes of TCP connections to a {@link DnsServer}. */
public enum TcpMode {
    /** They are accepted and answered. */
    SERVING,
    /** Nothing listens: connecting fails at once, as it does without a server. */
    REFUSING,
    /** They are accepted and read, and nothing is ever said, as with a firewall that swallows packets. */
    HANGING,
    /** They are accepted and closed at once. */
    CLOSING
}

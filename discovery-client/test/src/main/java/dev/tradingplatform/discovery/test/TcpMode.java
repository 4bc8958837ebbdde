package dev.tradingplatform.discovery.test;

/** What a {@link DnsServer} does with TCP connections. */
public enum TcpMode {
    /** Accepts connections and answers queries. */
    SERVING,
    /** Does not listen: connecting fails at once, as on a host without a DNS server. */
    REFUSING,
    /** Accepts connections and reads queries, but never answers, as behind a firewall that drops packets. */
    HANGING,
    /** Accepts connections and closes them at once. */
    CLOSING
}

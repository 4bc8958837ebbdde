package dev.tradingplatform.discovery;

/** The DNS records that list the endpoints of a service. */
public enum RecordType {
    /**
     * Address records: the port is the one of the URL (RFC 1035 §3.4.1). AAAA records are queried as well if IPv6 is
     * switched on (RFC 3596 §2.1).
     */
    A,
    /** Service records: target, port, priority and weight of each instance (RFC 2782). */
    SRV
}

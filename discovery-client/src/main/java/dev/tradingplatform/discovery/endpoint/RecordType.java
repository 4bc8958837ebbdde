package dev.tradingplatform.discovery.endpoint;

/** Which DNS records say where a service is. */
public enum RecordType {
    /**
     * Addresses only; the port comes from the URL (RFC 1035 §3.4.1). Where IPv6 is wanted, AAAA records count as well
     * (RFC 3596 §2.1).
     */
    A,
    /** Target, port, priority and weight; each target has addresses of its own (RFC 2782). */
    SRV
}

package dev.tradingplatform.discovery.test;

/** How a DNS query came: one datagram, or a stream of messages with their lengths before them (RFC 7766). */
public enum DnsTransport {
    /** One datagram each way; an answer that does not fit is truncated. */
    UDP,
    /** A connection; answers of up to 65,535 bytes. */
    TCP
}

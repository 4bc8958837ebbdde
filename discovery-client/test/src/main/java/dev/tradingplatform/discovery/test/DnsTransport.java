package dev.tradingplatform.discovery.test;

/** The transport of a DNS query and of its replies. */
public enum DnsTransport {
    /** One datagram each way. An answer that does not fit is truncated. */
    UDP,
    /** A connection; each message follows its length (RFC 7766). Answers have up to 65,535 bytes. */
    TCP
}

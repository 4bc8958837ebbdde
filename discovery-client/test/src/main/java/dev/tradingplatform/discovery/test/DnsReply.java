package dev.tradingplatform.discovery.test;

import java.time.Duration;

/** One message on its way to the client, and when it goes. Immutable. */
public final class DnsReply {

    private final Duration after;
    private final byte[] wire;

    private DnsReply(Duration after, byte[] wire) {
        this.after = after;
        this.wire = wire;
    }

    /**
     * A message that goes at once.
     *
     * @param wire the message as it is sent, without the length that TCP puts before it; it need not be valid
     */
    public static DnsReply of(byte[] wire) {
        return new DnsReply(Duration.ZERO, wire.clone());
    }

    /** The same message, sent so much later: the time adds to what it already waits. */
    public DnsReply delayed(Duration by) {
        return new DnsReply(after.plus(by), wire);
    }

    Duration after() {
        return after;
    }

    byte[] wire() {
        return wire;
    }
}

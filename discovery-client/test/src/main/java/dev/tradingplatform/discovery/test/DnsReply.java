package dev.tradingplatform.discovery.test;

import java.time.Duration;

/** One message that a {@link DnsServer} sends, and the delay before it. Immutable. */
public final class DnsReply {

    private final Duration delay;
    private final byte[] wire;

    private DnsReply(Duration delay, byte[] wire) {
        this.delay = delay;
        this.wire = wire;
    }

    /**
     * Returns a message that is sent without delay.
     *
     * @param wire the bytes of the message, without the length that TCP puts before it; they need not be a valid
     *     message
     */
    public static DnsReply of(byte[] wire) {
        return new DnsReply(Duration.ZERO, wire.clone());
    }

    /** Returns the same message, sent later. The duration is added to the delay that the message already has. */
    public DnsReply delayed(Duration by) {
        return new DnsReply(delay.plus(by), wire);
    }

    Duration delay() {
        return delay;
    }

    byte[] wire() {
        return wire;
    }
}

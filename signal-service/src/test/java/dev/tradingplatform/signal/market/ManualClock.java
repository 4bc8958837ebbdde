package dev.tradingplatform.signal.market;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves only by hand. */
public final class ManualClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration by) {
        now = now.plus(by);
    }
}

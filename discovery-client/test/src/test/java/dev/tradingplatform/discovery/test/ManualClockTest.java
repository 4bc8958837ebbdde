package dev.tradingplatform.discovery.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualClockTest {

    private final ManualClock clock = new ManualClock();

    @Test
    void standsStillUntilItIsAdvanced() {
        assertThat(clock.nanoTime()).isEqualTo(clock.nanoTime());
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void advancesBothClocksAlsoBeyondTheOverflowOfNanoseconds() {
        long start = clock.getAsLong();

        clock.advance(Duration.ofSeconds(7));

        assertThat(clock.getAsLong() - start).isEqualTo(7_000_000_000L);
        assertThat(clock.nanoTime()).isNegative();
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:07Z"));
    }

    @Test
    void doesNotGoBack() {
        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("by: PT-0.000000001S");
    }
}

package dev.tradingplatform.local.replica;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = Pace.local();

    @Test
    void startsAgainAtOnceAfterALongLife() {
        assertThat(pace.pauseAfter(ZERO, ofSeconds(10))).isZero();
        assertThat(pace.pauseAfter(ofSeconds(16), ofSeconds(600))).isZero();
    }

    @Test
    void waitsLongerAndLongerForWhatDiesAtOnce() {
        List<Duration> pauses = Stream.iterate(pace.pauseAfter(ZERO, ZERO), last -> pace.pauseAfter(last, ofSeconds(9)))
                .limit(7)
                .toList();

        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }
}

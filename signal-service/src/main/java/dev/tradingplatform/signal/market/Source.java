package dev.tradingplatform.signal.market;

import java.time.Duration;
import java.time.Instant;

/**
 * Where bars came from. Immutable.
 *
 * @param endpoint address and port of the stock-service replica that gave or confirmed them
 * @param revision the ticker's revision, which moves with every change of a bar
 * @param dataAsOf when that replica gave or last confirmed them
 * @param stale whether this is a kept copy, served because no replica answers now
 * @param staleSeconds how long ago that was for a stale copy, otherwise 0
 */
public record Source(String endpoint, long revision, Instant dataAsOf, boolean stale, long staleSeconds) {

    static Source fresh(String endpoint, long revision, Instant now) {
        return new Source(endpoint, revision, now, false, 0);
    }

    Source withRevision(long other) {
        return new Source(endpoint, other, dataAsOf, stale, staleSeconds);
    }

    Source stale(Instant now) {
        return new Source(
                endpoint,
                revision,
                dataAsOf,
                true,
                Math.max(0, Duration.between(dataAsOf, now).toSeconds()));
    }
}

package dev.tradingplatform.signal.market;

import dev.tradingplatform.signal.bar.Bars;
import java.time.Instant;

/**
 * Bars as a replica gave them, kept for when none answers. Immutable.
 *
 * @param bars all of the series
 * @param etag what to ask with whether they have changed; empty when the replica gave none
 * @param source the replica that gave or last confirmed them, never stale
 */
record Copy(Bars bars, String etag, Source source) {

    Copy confirmed(String endpoint, Instant now) {
        return new Copy(bars, etag, Source.fresh(endpoint, source.revision(), now));
    }

    SourcedBars fresh() {
        return new SourcedBars(bars, source);
    }

    SourcedBars stale(Instant now) {
        return new SourcedBars(bars, source.stale(now));
    }
}

package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a request says of its body as a whole.
 *
 * @param ticker of all rows; if absent, each row names its own
 * @param start of the one bar, epoch second; if absent, each row names its own
 * @param timeframe of all rows
 * @param hints how the values of the body are to be read
 * @param onDuplicate which of several rows at one time is imported
 */
public record ImportOptions(
        Optional<Ticker> ticker, Optional<Long> start, Timeframe timeframe, Hints hints, DuplicatePolicy onDuplicate) {

    /** Describes a body that is one bar whose ticker and start are known. */
    public static ImportOptions single(Ticker ticker, long start, Timeframe timeframe) {
        return new ImportOptions(
                Optional.of(ticker), Optional.of(start), timeframe, Hints.NONE, DuplicatePolicy.REJECT);
    }

    /**
     * What the content does not tell.
     *
     * @param zone of local times; the exchange's, if daily bars are stamped with an instant
     * @param dateFormat of the timestamps
     * @param decimal sign of the numbers of CSV
     */
    public record Hints(Optional<ZoneId> zone, Optional<DatePattern> dateFormat, Optional<DecimalSign> decimal) {

        /** Everything is recognised from the content. */
        public static final Hints NONE = new Hints(Optional.empty(), Optional.empty(), Optional.empty());
    }
}

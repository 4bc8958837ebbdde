package dev.tradingplatform.signal.answer;

import dev.tradingplatform.signal.market.Adjustment;
import dev.tradingplatform.signal.market.SeriesKey;
import dev.tradingplatform.signal.market.Ticker;
import dev.tradingplatform.signal.market.Timeframe;
import dev.tradingplatform.signal.query.Query;
import java.util.Optional;

/**
 * The parameters {@code timeframe} and {@code adjustment}, which all calls about bars have.
 *
 * @param timeframe 1d by default
 * @param adjustment split by default
 */
public record SeriesParameters(Timeframe timeframe, Adjustment adjustment) {

    /** Takes both from a request; refused values are reported when the query is finished. */
    public static SeriesParameters of(Query query) {
        return new SeriesParameters(
                query.take("timeframe", Timeframe.DAY, Timeframe::of), query.take("adjustment", Adjustment.SPLIT));
    }

    /**
     * Takes both, and the ticker from the path.
     *
     * @return nothing if the path names no ticker, which is reported when the query is finished
     */
    public static Optional<SeriesKey> of(Query query, String ticker) {
        SeriesParameters parameters = of(query);
        return query.read(() -> new Ticker(ticker)).map(parameters::key);
    }

    /** Returns the series of one ticker. */
    public SeriesKey key(Ticker ticker) {
        return new SeriesKey(ticker, timeframe, adjustment);
    }
}

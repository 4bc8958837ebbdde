package dev.tradingplatform.signal.market;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stock-service says of one ticker and timeframe. Immutable.
 *
 * @param ticker its name
 * @param timeframe what one bar covers, such as {@code 1d}
 * @param count bars stored
 * @param first start of the oldest bar; null when there is none
 * @param last start of the newest bar; null when there is none
 * @param lastClose close of the newest bar; null when there is none
 * @param revision moves with every change of a bar
 */
public record TickerSummary(
        String ticker,
        String timeframe,
        long count,
        @Nullable Instant first,
        @Nullable Instant last,
        @Nullable Double lastClose,
        long revision) {

    /** Names alone are looked at, since what has none can neither be asked for nor shown. */
    public TickerSummary {
        Objects.requireNonNull(timeframe, "timeframe");
        ticker = new Ticker(ticker).value();
    }

    /** Stands for exactly these bars of the ticker, as {@link SourcedBars#version} does. */
    public String version() {
        return SourcedBars.version(revision, count, last == null ? 0 : last.getEpochSecond());
    }
}

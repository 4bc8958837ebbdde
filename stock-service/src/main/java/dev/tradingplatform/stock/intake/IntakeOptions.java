package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import java.util.Optional;

/**
 * What a request says of its body as a whole.
 *
 * @param ticker of all rows; if absent, each row names its own
 * @param start of the one bar, epoch second; if absent, each row names its own
 * @param timeframe of all rows
 * @param format of their timestamps
 */
public record IntakeOptions(
        Optional<Ticker> ticker, Optional<Long> start, Timeframe timeframe, TimestampFormat format) {

    /** Describes a body of many bars. */
    public static IntakeOptions bulk(Optional<Ticker> ticker, Timeframe timeframe, TimestampFormat format) {
        return new IntakeOptions(ticker, Optional.empty(), timeframe, format);
    }

    /** Describes a body that is one bar whose place is known. */
    public static IntakeOptions single(Ticker ticker, long start, Timeframe timeframe) {
        return new IntakeOptions(Optional.of(ticker), Optional.of(start), timeframe, TimestampFormat.ISO);
    }
}

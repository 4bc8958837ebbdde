package dev.tradingplatform.stock.api;

import static java.util.Objects.requireNonNullElse;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.bar.Timeframe;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Which bars a client deletes: a range with both ends, or with {@code all=true} all of them. A forgotten parameter
 * deletes nothing.
 */
record RangeDeletion(
        @DescribedParameters.InPath @PathVariable Ticker ticker,
        @DescribedParameters.OfTimeframe Timeframe timeframe,
        @DescribedParameters.From @Nullable DateOrTime from,
        @DescribedParameters.To @Nullable DateOrTime to,

        @Parameter(
                description = "Must be true to delete everything; otherwise from and to must both be given.",
                schema = @Schema(defaultValue = "false"))
        Boolean all)
        implements RequestParameters {

    RangeDeletion {
        timeframe = requireNonNullElse(timeframe, Timeframe.DAY);
        all = requireNonNullElse(all, false);
    }

    @Override
    public void check(ParameterFaults faults) {
        DateOrTime.checkRange(from, to, faults);
        if (all ? from != null || to != null : from == null || to == null) {
            faults.refuse("all", "contradiction", all.toString(), "from and to, or all=true alone");
        }
    }

    SeriesKey key() {
        return new SeriesKey(ticker, timeframe);
    }

    TimeRange range() {
        return DateOrTime.range(from, to);
    }
}

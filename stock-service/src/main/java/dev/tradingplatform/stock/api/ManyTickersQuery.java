package dev.tradingplatform.stock.api;

import static java.util.Objects.requireNonNullElse;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.series.Adjustment;
import dev.tradingplatform.stock.series.BarQuery;
import dev.tradingplatform.stock.series.SortOrder;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Of which tickers a client requests the newest bars, and how. */
record ManyTickersQuery(
        @Parameter(description = "1 to 100, comma-separated.", required = true, example = "TICKER_1,TICKER_2")
        String tickers,

        @DescribedParameters.OfTimeframe Timeframe timeframe,
        @DescribedParameters.From @Nullable DateOrTime from,
        @DescribedParameters.To @Nullable DateOrTime to,

        @Parameter(description = "Bars of each ticker.", schema = @Schema(defaultValue = "250")) @Min(1) @Max(MAX_BARS)
        Integer last,

        @DescribedParameters.OfAdjustment Adjustment adjustment,
        @DescribedParameters.Format Representation format,
        @DescribedParameters.Numbers JsonNumbers numbers)
        implements RequestParameters {

    private static final int MAX_TICKERS = 100;
    private static final int MAX_BARS = 1000;
    private static final int DEFAULT_BARS = 250;

    ManyTickersQuery {
        tickers = requireNonNullElse(tickers, "");
        timeframe = requireNonNullElse(timeframe, Timeframe.DAY);
        last = requireNonNullElse(last, DEFAULT_BARS);
        adjustment = requireNonNullElse(adjustment, Adjustment.RAW);
        format = requireNonNullElse(format, Representation.JSON);
        numbers = requireNonNullElse(numbers, JsonNumbers.NUMBER);
    }

    @Override
    public void check(ParameterFaults faults) {
        List<String> names = names();
        if (names.isEmpty() || names.size() > MAX_TICKERS) {
            faults.refuse("tickers", "out-of-range", tickers, "1 to " + MAX_TICKERS + " tickers, comma-separated");
        }
        names.stream()
                .filter(name -> Ticker.parse(name).isEmpty())
                .forEach(name -> faults.refuse("ticker", "not-a-ticker", name, Ticker.EXPECTED));
        DateOrTime.checkRange(from, to, faults);
    }

    /** Returns the series, no two the same. */
    List<SeriesKey> keys() {
        return names().stream()
                .flatMap(name -> Ticker.parse(name).stream())
                .distinct()
                .map(ticker -> new SeriesKey(ticker, timeframe))
                .toList();
    }

    /** Returns which bars of each series are requested. */
    BarQuery bars() {
        return new BarQuery(DateOrTime.range(from, to), SortOrder.DESC, last, adjustment);
    }

    String adjustmentName() {
        return adjustment.name().toLowerCase(Locale.ROOT);
    }

    /** Returns a text that is the same for requests with the same response, on every replica. */
    String view() {
        return "%s %s %s %s".formatted(keys(), bars(), format, numbers);
    }

    private List<String> names() {
        return Arrays.stream(tickers.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}

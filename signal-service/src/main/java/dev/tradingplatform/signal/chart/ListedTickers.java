package dev.tradingplatform.signal.chart;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tradingplatform.signal.market.Source;
import dev.tradingplatform.signal.market.TickerList;
import dev.tradingplatform.signal.market.TickerSummary;
import dev.tradingplatform.signal.market.Timeframe;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tickers that have bars of one timeframe: JSON only.
 *
 * @param tickers by name
 * @param source the replica that named them
 */
record ListedTickers(List<Entry> tickers, Source source) {

    /**
     * One ticker.
     *
     * @param summary its bars of the timeframe
     * @param timeframes all that it has
     */
    record Entry(@JsonUnwrapped TickerSummary summary, List<String> timeframes) {}

    static ListedTickers of(TickerList list, Timeframe timeframe) {
        Map<String, List<String>> timeframes = list.tickers().stream()
                .collect(Collectors.groupingBy(
                        TickerSummary::ticker, Collectors.mapping(TickerSummary::timeframe, Collectors.toList())));
        return new ListedTickers(
                list.of(timeframe).stream()
                        .map(summary -> new Entry(summary, timeframes.getOrDefault(summary.ticker(), List.of())))
                        .toList(),
                list.source());
    }
}

package dev.tradingplatform.signal.signal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tradingplatform.signal.market.SeriesKey;
import dev.tradingplatform.signal.market.Source;
import dev.tradingplatform.signal.strategy.Evaluation;
import dev.tradingplatform.signal.strategy.Event;
import dev.tradingplatform.signal.strategy.Standing;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The answer to "buy, sell or hold": JSON only.
 *
 * @param key whose bars, as ticker, timeframe and adjustment
 * @param strategy which rule
 * @param params every number of the rule, presets included
 * @param standing where the last bar leaves one
 * @param warmup how many bars the rule needs and has
 * @param events within the window asked for, oldest first
 * @param source where the bars came from
 */
record TickerSignal(
        @JsonUnwrapped SeriesKey key,
        String strategy,
        Map<String, BigDecimal> params,
        @JsonUnwrapped Standing standing,
        Evaluation.Warmup warmup,
        List<Event> events,
        Source source) {}

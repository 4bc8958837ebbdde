package dev.tradingplatform.signal.signal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tradingplatform.signal.backtest.Rules;
import dev.tradingplatform.signal.backtest.Summary;
import dev.tradingplatform.signal.backtest.Sweep;
import dev.tradingplatform.signal.market.SeriesKey;
import dev.tradingplatform.signal.market.Source;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each combination of a sweep would have brought: JSON only.
 *
 * @param key whose bars, as ticker, timeframe and adjustment
 * @param strategy which rule
 * @param axes the varied numbers with their values
 * @param rules how each was followed
 * @param cells one for each combination whose numbers go together, the last axis varying fastest
 * @param source where the bars came from
 */
record SweepAnswer(
        @JsonUnwrapped SeriesKey key,
        String strategy,
        List<Sweep.Axis> axes,
        Rules rules,
        List<Cell> cells,
        Source source) {

    /**
     * One combination.
     *
     * @param values of the axes, in their order
     * @param gain final equity by cash, minus 1
     * @param maxDrawdown deepest fall as a part of the equity before
     * @param sharpe null for less than 30 days
     * @param trades how many were closed
     */
    record Cell(
            List<BigDecimal> values,
            @JsonProperty("return") double gain,
            double maxDrawdown,
            @Nullable Double sharpe,
            int trades) {

        static Cell of(Sweep.Cell cell) {
            Summary summary = cell.summary();
            return new Cell(
                    cell.values(),
                    summary.gain(),
                    summary.maxDrawdown().fraction(),
                    summary.performance().sharpe(),
                    summary.trades());
        }
    }

    static SweepAnswer of(SeriesKey key, Sweep sweep, Rules rules, List<Sweep.Cell> cells, Source source) {
        return new SweepAnswer(
                key,
                sweep.strategy().description().name(),
                sweep.axes(),
                rules,
                cells.stream().map(Cell::of).toList(),
                source);
    }
}

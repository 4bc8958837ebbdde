package dev.tradingplatform.signal.computed;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.cache.BoundedCache;
import dev.tradingplatform.signal.indicator.IndicatorRequest;
import dev.tradingplatform.signal.market.SeriesKey;
import dev.tradingplatform.signal.market.SourcedBars;
import dev.tradingplatform.signal.strategy.Evaluation;
import dev.tradingplatform.signal.strategy.Side;
import dev.tradingplatform.signal.strategy.StrategyRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Computes indicators and evaluations, and remembers them as long as the bars are the same and there is room: what
 * stock-service confirms with 304 is not computed again. Counts in the meter {@code signals.computations} how often it
 * had to. Safe for concurrent use.
 */
@Component
@EnableConfigurationProperties(ComputedSettings.class)
public final class Computations {

    /** An event weighs as much as so many numbers: two objects and a sentence. */
    private static final long EVENT = 24;

    private final BoundedCache<Key, Map<String, double[]>> series;
    private final BoundedCache<Key, Evaluation> evaluations;
    private final Counter seriesComputed;
    private final Counter evaluationsComputed;

    private record Key(SeriesKey series, String version, String request) {}

    Computations(ComputedSettings settings, MeterRegistry meters) {
        // Half for each, so that charts and screens do not push out each other's
        long half = settings.keptNumbers() / 2;
        series = new BoundedCache<>(half, Computations::numbers);
        evaluations = new BoundedCache<>(
                half, evaluation -> EVENT * (1 + evaluation.events().size()));
        seriesComputed = counter(meters, "series");
        evaluationsComputed = counter(meters, "evaluation");
    }

    private static Counter counter(MeterRegistry meters, String what) {
        return Counter.builder("signals.computations")
                .description("Computations made because their result was not remembered")
                .tag("what", what)
                .register(meters);
    }

    private static long numbers(Map<String, double[]> columns) {
        return columns.values().stream().mapToLong(values -> values.length).sum();
    }

    /** Series of an indicator by name, from the first bar on; only to be read. */
    public Map<String, double[]> series(SeriesKey of, SourcedBars sourced, IndicatorRequest request) {
        Key key = new Key(of, sourced.version(), request.key());
        return series.of(key).orElseGet(() -> {
            seriesComputed.increment();
            Map<String, double[]> computed = request.compute(sourced.bars());
            series.keep(key, computed);
            return computed;
        });
    }

    /** What a strategy makes of all bars. */
    public Evaluation evaluation(SeriesKey of, SourcedBars sourced, StrategyRequest request, Side side) {
        Key key = key(of, sourced.version(), request, side);
        return evaluations.of(key).orElseGet(() -> {
            evaluationsComputed.increment();
            Bars bars = sourced.bars();
            Evaluation evaluation = request.evaluate(bars, side);
            evaluations.keep(key, evaluation);
            return evaluation;
        });
    }

    /**
     * What a strategy made of bars that need not be fetched to know it; empty when that is not remembered.
     *
     * @param version of the bars, as {@link SourcedBars#version} gives it
     */
    public Optional<Evaluation> remembered(SeriesKey of, String version, StrategyRequest request, Side side) {
        return evaluations.of(key(of, version, request, side));
    }

    private static Key key(SeriesKey of, String version, StrategyRequest request, Side side) {
        return new Key(of, version, request.key() + " " + side);
    }
}

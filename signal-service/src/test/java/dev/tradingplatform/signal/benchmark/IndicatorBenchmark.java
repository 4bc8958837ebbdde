package dev.tradingplatform.signal.benchmark;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.indicator.IndicatorRequest;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** All nine indicators over 2,500 bars, as this service computes them and as TA-Lib's port does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class IndicatorBenchmark {

    private static final int SIZE = 2_500;
    private static final double MOST = 1.5;

    private final Bars bars = SampleBars.randomWalk(1, SIZE);
    private final TaLib taLib = new TaLib(bars);
    private final List<IndicatorRequest> nine =
            IndicatorRequest.parseAll("sma:20,ema:20,bbands:20:2,rsi:14,macd:12:26:9,stoch:14:3:3,adx:14,atr:14,obv");

    /** Ours. */
    @Benchmark
    public void ours(Blackhole blackhole) {
        for (IndicatorRequest request : nine) {
            blackhole.consume(request.compute(bars));
        }
    }

    /** TA-Lib's. */
    @Benchmark
    public void taLib(Blackhole blackhole) {
        taLib.nine(blackhole::consume);
    }

    /**
     * Runs both, prints both and their ratio, and fails if ours take more than one and a half times as long.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(IndicatorBenchmark.class.getSimpleName())
                        .build())
                .run();
        double ours = medianMicros(results, "ours");
        double theirs = medianMicros(results, "taLib");
        System.out.printf(
                "nine indicators over %,d bars, median: %.1f us, TA-Lib %.1f us, ratio %.2f (at most %.1f)%n",
                SIZE, ours, theirs, ours / theirs, MOST);
        if (ours / theirs > MOST) {
            throw new IllegalStateException("slower than promised");
        }
    }

    /** A machine that does other work too shows in the mean, and hardly in the median. */
    private static double medianMicros(Collection<RunResult> results, String benchmark) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark))
                .findFirst()
                .orElseThrow()
                .getPrimaryResult()
                .getStatistics()
                .getPercentile(50);
    }
}

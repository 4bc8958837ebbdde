package dev.tradingplatform.signal.bar;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/** Bars to compute with: a random walk that is the same for the same seed, or flat bars with given closes. */
public final class SampleBars {

    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

    private SampleBars() {}

    /**
     * Falls from 140 to 100, rises to 140, falls to 101; 120 bars that open where they close. Its means over 5 and 10
     * bars cross twice: upwards on bar 45, downwards on bar 85.
     */
    public static Bars hill() {
        return closes(IntStream.range(0, 120)
                .mapToDouble(i -> i < 40 ? 140 - i : i < 80 ? 60 + i : 220 - i)
                .toArray());
    }

    public static Bars randomWalk(long seed, int size) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Bar> rows = new ArrayList<>();
        double close = 100;
        for (int i = 0; i < size; i++) {
            double open = close * (1 + 0.005 * random.nextGaussian());
            // Back towards 100, so that a long walk neither vanishes nor explodes
            close = open * Math.exp(0.02 * random.nextGaussian() - 0.01 * Math.log(open / 100));
            double high = Math.max(open, close) * (1 + 0.01 * random.nextDouble());
            double low = Math.min(open, close) * (1 - 0.01 * random.nextDouble());
            rows.add(new Bar(day(i), open, high, low, close, random.nextInt(1_000, 10_000_000)));
        }
        return Bars.of(rows);
    }

    public static Bars closes(double... closes) {
        List<Bar> rows = new ArrayList<>();
        for (int i = 0; i < closes.length; i++) {
            rows.add(new Bar(day(i), closes[i], closes[i], closes[i], closes[i], 1_000));
        }
        return Bars.of(rows);
    }

    public static Bars rows(double[]... openHighLowCloseVolume) {
        List<Bar> rows = new ArrayList<>();
        for (double[] row : openHighLowCloseVolume) {
            rows.add(new Bar(day(rows.size()), row[0], row[1], row[2], row[3], row[4]));
        }
        return Bars.of(rows);
    }

    /** The first bars of others. */
    public static Bars first(int size, Bars bars) {
        List<Bar> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            rows.add(new Bar(
                    bars.timestamp(i),
                    bars.open()[i],
                    bars.high()[i],
                    bars.low()[i],
                    bars.close()[i],
                    bars.volume()[i]));
        }
        return Bars.of(rows);
    }

    public static Bars scaled(double factor, Bars bars) {
        List<Bar> rows = new ArrayList<>();
        for (int i = 0; i < bars.size(); i++) {
            rows.add(new Bar(
                    bars.timestamp(i),
                    bars.open()[i] * factor,
                    bars.high()[i] * factor,
                    bars.low()[i] * factor,
                    bars.close()[i] * factor,
                    bars.volume()[i]));
        }
        return Bars.of(rows);
    }

    public static Instant day(int index) {
        return START.plus(Duration.ofDays(index));
    }
}

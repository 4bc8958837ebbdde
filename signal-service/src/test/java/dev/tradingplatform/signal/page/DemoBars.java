package dev.tradingplatform.signal.page;

import dev.tradingplatform.signal.bar.Bar;
import dev.tradingplatform.signal.bar.Bars;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Bars that look like a share's: trends that turn, busy days when it moves, no weekends. The same for the same seed.
 */
final class DemoBars {

    private static final LocalDate START = LocalDate.of(2024, 1, 2);

    private DemoBars() {}

    static Bars of(long seed, int size) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double swing = 60 + random.nextInt(40);
        double close = 40 + random.nextInt(200);
        List<Bar> rows = new ArrayList<>();
        for (LocalDate day = START; rows.size() < size; day = day.plusDays(1)) {
            if (day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0) {
                continue;
            }
            double trend = 0.0007 + 0.004 * Math.sin(seed + 2 * Math.PI * rows.size() / swing);
            double open = close * Math.exp(0.003 * random.nextGaussian());
            double move = trend + 0.011 * random.nextGaussian();
            close = open * Math.exp(move);
            double high = Math.max(open, close) * (1 + 0.005 * Math.abs(random.nextGaussian()));
            double low = Math.min(open, close) * (1 - 0.005 * Math.abs(random.nextGaussian()));
            double volume = Math.rint(2e6 * Math.exp(30 * Math.abs(move) + 0.25 * random.nextGaussian()));
            rows.add(new Bar(
                    day.atStartOfDay().toInstant(ZoneOffset.UTC),
                    cents(open),
                    cents(high),
                    cents(low),
                    cents(close),
                    volume));
        }
        return Bars.of(rows);
    }

    private static double cents(double price) {
        return Math.rint(price * 100) / 100;
    }
}

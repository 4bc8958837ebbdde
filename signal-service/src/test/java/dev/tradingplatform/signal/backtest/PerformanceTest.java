package dev.tradingplatform.signal.backtest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tradingplatform.signal.bar.Bar;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PerformanceTest {

    private static final double CASH = 100;

    private static Bars daily(int size) {
        double[] closes = new double[size];
        Arrays.fill(closes, 1);
        return SampleBars.closes(closes);
    }

    @Test
    void growthIsThatOfAYear() {
        // 366 bars: a year of 365 days later the equity has doubled
        double[] equity = IntStream.range(0, 366)
                .mapToDouble(i -> CASH * Math.pow(2, i / 365.0))
                .toArray();

        Performance performance = Performance.of(Period.all(daily(366)), CASH, equity);

        assertThat(performance.cagr()).isCloseTo(Math.pow(2, 365.25 / 365) - 1, within(1e-12));
        assertThat(performance.sortino()).as("no return is negative").isNull();
    }

    @Test
    void sharpeAndSortinoAreAsByHand() {
        // 41 days: the returns are +2 % and -1 % in turn, 20 of each
        double[] equity = new double[41];
        equity[0] = CASH;
        for (int i = 1; i < equity.length; i++) {
            equity[i] = equity[i - 1] * (i % 2 == 1 ? 1.02 : 0.99);
        }

        Performance performance = Performance.of(Period.all(daily(41)), CASH, equity);

        double perYear = Math.sqrt(365.25);
        assertThat(performance.sharpe()).isCloseTo(0.005 / (0.015 * Math.sqrt(40 / 39.0)) * perYear, within(1e-9));
        assertThat(performance.sortino()).isCloseTo(0.005 / (0.01 / Math.sqrt(2)) * perYear, within(1e-9));
    }

    @Test
    void hoursGiveTheSameAsDaysThatEndAtTheSameEquity() {
        int days = 40;
        List<Bar> rows = new ArrayList<>();
        double[] hourly = new double[days * 7];
        double[] equity = new double[days];
        for (int day = 0; day < days; day++) {
            equity[day] = CASH * (1 + 0.01 * Math.sin(day));
            for (int hour = 0; hour < 7; hour++) {
                Instant start = SampleBars.day(day).plus(Duration.ofHours(14 + hour));
                rows.add(new Bar(start, 1, 1, 1, 1, 1));
                hourly[day * 7 + hour] = hour == 6 ? equity[day] : CASH * 2;
            }
        }

        Performance ofHours = Performance.of(Period.all(Bars.of(rows)), CASH, hourly);
        Performance ofDays = Performance.of(Period.all(daily(days)), CASH, equity);

        // The period of hours is six hours longer
        assertThat(requireNonNull(ofHours.sharpe()) / requireNonNull(ofDays.sharpe()))
                .isCloseTo(1, within(0.005));
        assertThat(requireNonNull(ofHours.sortino()) / requireNonNull(ofDays.sortino()))
                .isCloseTo(1, within(0.005));
    }

    @Test
    void shortPeriodAndLostEquityHaveNone() {
        double[] equity = new double[30];
        Arrays.fill(equity, CASH);
        assertThat(Performance.of(Period.all(daily(30)), CASH, equity).cagr())
                .as("29 days")
                .isNull();

        double[] lost = new double[40];
        Arrays.fill(lost, 0, 39, CASH);
        assertThat(Performance.of(Period.all(daily(40)), CASH, lost).cagr())
                .as("nothing left")
                .isNull();
        assertThat(Performance.of(new Period(daily(3), 1, 1), CASH, new double[0])
                        .sharpe())
                .isNull();
    }
}

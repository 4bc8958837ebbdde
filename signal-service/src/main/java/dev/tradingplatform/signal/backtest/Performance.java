package dev.tradingplatform.signal.backtest;

import dev.tradingplatform.signal.bar.Bars;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Return and risk for a year. They are computed from the last equity of each day (UTC), so that bars of a minute and
 * bars of a day give nearly the same; bars of a week or a month count as the day on which they start. How many such
 * days a year has is measured in the period: about 252 for shares, 365 for crypto assets, 52 for weekly bars. All three
 * are null for a period of less than 30 days, or if the equity was 0 or less. Immutable.
 *
 * @param cagr compound annual growth rate: {@code (final equity / cash) ^ (365.25 / days) - 1}
 * @param sharpe mean of the daily returns, divided by their sample standard deviation, times the square root of the
 *     days in a year; no risk-free rate. Null if all returns are equal
 * @param sortino the same with the root mean square of the negative returns, in which others count as 0. Null if no
 *     return is negative
 */
public record Performance(
        @Nullable Double cagr,
        @Nullable Double sharpe,
        @Nullable Double sortino) {

    private static final Performance NONE = new Performance(null, null, null);
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double DAYS_PER_YEAR = 365.25;
    private static final double MIN_DAYS = 30;

    static Performance of(Period period, double cash, double[] equity) {
        if (equity.length < 2 || Arrays.stream(equity).anyMatch(value -> value <= 0)) {
            return NONE;
        }
        Bars bars = period.bars();
        double days = (bars.timestamp(period.end() - 1).getEpochSecond()
                        - bars.timestamp(period.first()).getEpochSecond())
                / SECONDS_PER_DAY;
        if (days < MIN_DAYS) {
            return NONE;
        }
        double[] returns = dailyReturns(period, equity);
        double perYear = Math.sqrt(returns.length * DAYS_PER_YEAR / days);
        double mean = Arrays.stream(returns).sum() / returns.length;
        double deviation = Math.sqrt(Arrays.stream(returns)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (returns.length - 1));
        double downside = Math.sqrt(Arrays.stream(returns)
                        .map(value -> Math.min(value, 0) * Math.min(value, 0))
                        .sum()
                / returns.length);
        return new Performance(
                Math.pow(equity[equity.length - 1] / cash, DAYS_PER_YEAR / days) - 1,
                deviation > 0 ? (Double) (mean / deviation * perYear) : null,
                downside > 0 ? (Double) (mean / downside * perYear) : null);
    }

    private static double[] dailyReturns(Period period, double[] equity) {
        double[] returns = new double[equity.length];
        int count = 0;
        double before = 0;
        for (int i = 0; i < equity.length; i++) {
            if (i + 1 == equity.length || day(period, i) != day(period, i + 1)) {
                if (before > 0) {
                    returns[count++] = equity[i] / before - 1;
                }
                before = equity[i];
            }
        }
        return Arrays.copyOf(returns, count);
    }

    private static long day(Period period, int index) {
        return period.bars()
                .timestamp(period.first() + index)
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toEpochDay();
    }
}

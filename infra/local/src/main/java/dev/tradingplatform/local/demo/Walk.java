package dev.tradingplatform.local.demo;

import java.util.Locale;
import java.util.Random;

/**
 * A price that wanders from day to day, in whole cents so that nothing rounds differently elsewhere. Its drift changes
 * sign every few weeks: without trends there would be no signals to look at. Not safe for concurrent use.
 */
final class Walk {

    private static final int CENTS = 100;
    private static final long LOWEST_CENTS = 5 * CENTS;
    private static final int DAYS_OF_ONE_DRIFT = 45;
    private static final double DRIFT = 0.0025;
    private static final double DAILY_VOLATILITY = 0.012;
    private static final double GAP_VOLATILITY = 0.004;
    private static final double WICK = 0.006;
    private static final int LEAST_VOLUME = 200_000;
    private static final int VOLUME_SPREAD = 1_800_000;

    private final Random random;
    private long close;
    private double drift = DRIFT;
    private int day;

    Walk(Random random) {
        this.random = random;
        this.close = 40L * CENTS + random.nextInt(160 * CENTS);
    }

    /** The next day's {@code open,high,low,close,volume}. */
    String next() {
        if (day++ % DAYS_OF_ONE_DRIFT == 0) {
            drift = random.nextInt(5) < 3 ? DRIFT : -DRIFT;
        }
        long open = moved(close, GAP_VOLATILITY * random.nextGaussian());
        close = moved(open, drift + DAILY_VOLATILITY * random.nextGaussian());
        long high = moved(Math.max(open, close), WICK * random.nextDouble());
        long low = moved(Math.min(open, close), -WICK * random.nextDouble());
        int volume = LEAST_VOLUME + random.nextInt(VOLUME_SPREAD);
        return price(open) + "," + price(high) + "," + price(low) + "," + price(close) + "," + volume;
    }

    /** StrictMath: the same to the last bit on every processor. */
    private static long moved(long cents, double byLogarithm) {
        return Math.max(LOWEST_CENTS, Math.round(cents * StrictMath.exp(byLogarithm)));
    }

    private static String price(long cents) {
        return String.format(Locale.ROOT, "%d.%02d", cents / CENTS, cents % CENTS);
    }
}

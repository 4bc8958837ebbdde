package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;

/**
 * A fast and a slow period.
 *
 * @param fast less than {@code slow}
 * @param slow more than {@code fast}
 */
record Periods(int fast, int slow) {

    static Periods of(Arguments arguments) {
        Periods periods = new Periods(arguments.integer("fast"), arguments.integer("slow"));
        if (periods.fast >= periods.slow) {
            throw new InvalidParameterException(
                    "fast", arguments.text("fast"), "less than slow, which is " + periods.slow);
        }
        return periods;
    }
}

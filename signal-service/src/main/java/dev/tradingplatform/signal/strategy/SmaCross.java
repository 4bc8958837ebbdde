package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.Parameter;
import dev.tradingplatform.signal.indicator.Sma;

/** Follows a faster simple average across a slower one. */
final class SmaCross implements Strategy {

    @Override
    public Description description() {
        return Description.of(
                "sma-cross",
                "BUY when the mean of the last fast closes gets above that of the last slow closes, SELL when it gets below.",
                Parameter.bars("fast", 10, "closes in the faster mean; less than slow"),
                Parameter.bars("slow", 30, "closes in the slower mean"));
    }

    @Override
    public String strength() {
        return "g / (|g| + 0.02), with g the distance of the faster mean above the slower one as a part of the close.";
    }

    @Override
    public int requiredBars(Arguments arguments) {
        return Periods.of(arguments).slow() + 1;
    }

    @Override
    public Rule rule(Bars bars, Arguments arguments) {
        Periods periods = Periods.of(arguments);
        return Rule.crossing(
                Line.of("fast", "SMA" + periods.fast(), Sma.of(bars.close(), periods.fast())),
                Line.of("slow", "SMA" + periods.slow(), Sma.of(bars.close(), periods.slow())),
                bars.close(),
                0.02);
    }
}

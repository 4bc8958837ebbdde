package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.Parameter;
import dev.tradingplatform.signal.indicator.Ema;

/** Follows a faster exponential average across a slower one. */
final class EmaCross implements Strategy {

    @Override
    public Description description() {
        return Description.of(
                "ema-cross",
                "BUY when the exponential average over fast closes gets above that over slow closes, SELL when it gets below.",
                Parameter.bars("fast", 12, "period of the faster average; less than slow"),
                Parameter.bars("slow", 26, "period of the slower average"));
    }

    @Override
    public String strength() {
        return "g / (|g| + 0.02), with g the distance of the faster average above the slower one as a part of the close.";
    }

    @Override
    public int requiredBars(Arguments arguments) {
        return Periods.of(arguments).slow() + 1;
    }

    @Override
    public Rule rule(Bars bars, Arguments arguments) {
        Periods periods = Periods.of(arguments);
        return Rule.crossing(
                Line.of("fast", "EMA" + periods.fast(), Ema.of(bars.close(), periods.fast())),
                Line.of("slow", "EMA" + periods.slow(), Ema.of(bars.close(), periods.slow())),
                bars.close(),
                0.02);
    }
}

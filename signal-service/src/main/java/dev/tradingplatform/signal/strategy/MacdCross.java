package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.Parameter;
import dev.tradingplatform.signal.indicator.Ema;
import dev.tradingplatform.signal.indicator.Macd;

/** Follows the MACD line across its signal line. */
final class MacdCross implements Strategy {

    @Override
    public Description description() {
        return Description.of(
                "macd-cross",
                "BUY when the MACD line gets above its signal line, SELL when it gets below.",
                Parameter.bars("fast", 12, "period of the faster average; less than slow"),
                Parameter.bars("slow", 26, "period of the slower average"),
                Parameter.bars("signal", 9, "period of the signal line"));
    }

    @Override
    public String strength() {
        return "g / (|g| + 0.005), with g the distance of the MACD line above its signal line as a part of the close.";
    }

    @Override
    public int requiredBars(Arguments arguments) {
        return Periods.of(arguments).slow() + arguments.integer("signal");
    }

    @Override
    public Rule rule(Bars bars, Arguments arguments) {
        Periods periods = Periods.of(arguments);
        double[] macd = Macd.line(bars.close(), periods.fast(), periods.slow());
        return Rule.crossing(
                Line.of("macd", "MACD", macd),
                Line.of("signal", "signal", Ema.of(macd, arguments.integer("signal"))),
                bars.close(),
                0.005);
    }
}

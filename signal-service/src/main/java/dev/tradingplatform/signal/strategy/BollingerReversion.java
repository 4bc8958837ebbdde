package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.Parameter;
import dev.tradingplatform.signal.indicator.BollingerBands;
import java.math.BigDecimal;

/** Bets on the return of a price that left its Bollinger bands. */
final class BollingerReversion implements Strategy {

    @Override
    public Description description() {
        return Description.of(
                "bollinger-reversion",
                "BUY when the close gets back above the lower band, SELL when it gets back below the upper band.",
                Parameter.bars("period", 20, "closes in the bands' mean"),
                Parameter.number(
                        "deviations",
                        "2",
                        new Parameter.Range(new BigDecimal("0.1"), BigDecimal.TEN),
                        "width of the bands in standard deviations"));
    }

    @Override
    public String strength() {
        return "1 where the close is at the lower band or below, -1 at the upper band or above, and in proportion between.";
    }

    @Override
    public int requiredBars(Arguments arguments) {
        return arguments.integer("period") + 1;
    }

    @Override
    public Rule rule(Bars bars, Arguments arguments) {
        int period = arguments.integer("period");
        double deviations = arguments.number("deviations");
        return Rule.reversion(
                Line.of("close", "close", bars.close()),
                Line.of("lower", "lower band", BollingerBands.band(bars.close(), period, -deviations)),
                Line.of("upper", "upper band", BollingerBands.band(bars.close(), period, deviations)));
    }
}

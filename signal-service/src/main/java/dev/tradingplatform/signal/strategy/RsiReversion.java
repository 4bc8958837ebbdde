package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.catalogue.Parameter;
import dev.tradingplatform.signal.indicator.Rsi;
import java.math.BigDecimal;

/** Bets on the return of a price that went too far, as the relative strength index sees it. */
final class RsiReversion implements Strategy {

    @Override
    public Description description() {
        Parameter.Range percent = new Parameter.Range(BigDecimal.ZERO, BigDecimal.valueOf(100));
        return Description.of(
                "rsi-reversion",
                "BUY when the RSI gets back above low after having been below, SELL when it gets back below high after having"
                        + " been above.",
                Parameter.bars("period", 14, "changes in the RSI's first mean"),
                Parameter.number("low", "30", percent, "below it, sold too far; less than high"),
                Parameter.number("high", "70", percent, "above it, bought too far"));
    }

    @Override
    public String strength() {
        return "1 where the RSI is at low or below, -1 at high or above, and in proportion between.";
    }

    @Override
    public int requiredBars(Arguments arguments) {
        if (arguments.number("low") >= arguments.number("high")) {
            throw new InvalidParameterException(
                    "low", arguments.text("low"), "less than high, which is " + arguments.text("high"));
        }
        return arguments.integer("period") + 2;
    }

    @Override
    public Rule rule(Bars bars, Arguments arguments) {
        int period = arguments.integer("period");
        return Rule.reversion(
                Line.of("rsi", "RSI" + period, Rsi.of(bars.close(), period)),
                Line.level("low", arguments.number("low"), bars.size()),
                Line.level("high", arguments.number("high"), bars.size()));
    }
}

package dev.tradingplatform.signal.backtest;

import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Parameter;
import dev.tradingplatform.signal.strategy.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * How a strategy is followed: with everything there is, in whole shares. Immutable.
 *
 * @param cash to begin with
 * @param commission part of the value of every fill, 0.001 for a thousandth
 * @param side which positions are taken
 * @param fill at what price
 */
public record Rules(double cash, double commission, Side side, Fill fill) {

    private static final List<Parameter> NUMBERS = List.of(
            Parameter.number(
                    "cash",
                    "10000",
                    new Parameter.Range(BigDecimal.ONE, new BigDecimal("1000000000000")),
                    "money to begin with"),
            Parameter.number(
                    "commission",
                    "0",
                    new Parameter.Range(BigDecimal.ZERO, new BigDecimal("0.1")),
                    "part of the value of every fill"));

    /**
     * Reads the numbers; those left out are preset.
     *
     * @param given {@code cash} and {@code commission}, or none of them
     * @throws dev.tradingplatform.signal.catalogue.InvalidParameterException if one of them cannot be used
     */
    public static Rules of(Map<String, String> given, Side side, Fill fill) {
        Arguments arguments = Arguments.named(NUMBERS, given);
        return new Rules(arguments.number("cash"), arguments.number("commission"), side, fill);
    }

    /** How many whole shares that much money pays for, commission included; 0 without money. */
    long shares(double money, double price) {
        double each = price * (1 + commission);
        long shares = (long) Math.max(0, Math.floor(money / each));
        // The division may have rounded up to a share that is not paid for
        return shares > 0 && shares * each > money ? shares - 1 : shares;
    }

    double commissionOn(long shares, double price) {
        return shares * price * commission;
    }
}

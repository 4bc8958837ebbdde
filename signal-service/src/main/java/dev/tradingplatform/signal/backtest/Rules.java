package dev.tradingplatform.signal.backtest;

import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Parameter;
import dev.tradingplatform.signal.strategy.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * How a strategy is followed: with all the money there is. Immutable.
 *
 * @param cash to begin with
 * @param commission part of the value of every fill, 0.001 for a thousandth
 * @param slippage part of the price by which every fill is worse than the price of the bar: more when shares are
 *     bought, less when they are sold
 * @param side which positions are taken
 * @param fill at what price
 * @param shares in which parts they can be bought
 */
public record Rules(double cash, double commission, double slippage, Side side, Fill fill, Shares shares) {

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
                    "part of the value of every fill"),
            Parameter.number(
                    "slippage",
                    "0",
                    new Parameter.Range(BigDecimal.ZERO, new BigDecimal("0.1")),
                    "part of the price by which every fill is worse"));

    /**
     * Reads the numbers; those left out are preset.
     *
     * @param given {@code cash}, {@code commission} and {@code slippage}, or some of them
     * @throws dev.tradingplatform.signal.catalogue.InvalidParameterException if one of them cannot be used
     */
    public static Rules of(Map<String, String> given, Side side, Fill fill, Shares shares) {
        Arguments arguments = Arguments.named(NUMBERS, given);
        return new Rules(
                arguments.number("cash"),
                arguments.number("commission"),
                arguments.number("slippage"),
                side,
                fill,
                shares);
    }

    /** Returns how many shares that much money buys at a price, commission included; 0 without money. */
    BigDecimal shares(double money, double price) {
        return shares.bought(money, price * (1 + commission));
    }

    double commissionOn(BigDecimal shares, double price) {
        return shares.doubleValue() * price * commission;
    }

    /** Returns the price at which shares are bought when the bar has that price. */
    double buyPrice(double price) {
        return price * (1 + slippage);
    }

    /** Returns the price at which shares are sold when the bar has that price. */
    double sellPrice(double price) {
        return price * (1 - slippage);
    }
}

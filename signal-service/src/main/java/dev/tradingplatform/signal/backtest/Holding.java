package dev.tradingplatform.signal.backtest;

import dev.tradingplatform.signal.strategy.Position;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Shares that were bought, or sold without owning them. Immutable.
 *
 * @param side long or short
 * @param shares how many, above 0
 * @param entryTime start of the bar at whose open it was entered
 * @param entryPrice that open, slippage included
 * @param entryReason why, in plain words
 */
public record Holding(Position side, BigDecimal shares, Instant entryTime, double entryPrice, String entryReason) {

    /** What the shares add to the cash, or, sold short, take from it. */
    double value(double price) {
        return sign() * shares.doubleValue() * price;
    }

    double entryValue() {
        return shares.doubleValue() * entryPrice;
    }

    /** What the change of the price brought, before commission. */
    double gain(double price) {
        return sign() * shares.doubleValue() * (price - entryPrice);
    }

    private int sign() {
        return side == Position.SHORT ? -1 : 1;
    }
}

package dev.tradingplatform.signal.backtest;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** In which parts shares can be bought. */
public enum Shares {
    /** With up to 8 decimals, as brokers and exchanges count crypto assets. */
    FRACTIONAL(8),
    /** Whole shares only; money that does not buy one stays cash. */
    WHOLE(0);

    private final int decimals;

    Shares(int decimals) {
        this.decimals = decimals;
    }

    /**
     * Returns how many shares an amount of money buys, rounded down.
     *
     * @param money negative or 0 buys none
     * @param each the price of one share with all costs, above 0
     */
    BigDecimal bought(double money, double each) {
        if (money <= 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal shares = plain(new BigDecimal(money / each).setScale(decimals, RoundingMode.DOWN));
        // The division may have rounded up to a share that the money does not buy.
        return shares.doubleValue() * each > money && shares.signum() > 0
                ? plain(shares.subtract(BigDecimal.ONE.movePointLeft(decimals)))
                : shares;
    }

    private static BigDecimal plain(BigDecimal shares) {
        BigDecimal stripped = shares.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}

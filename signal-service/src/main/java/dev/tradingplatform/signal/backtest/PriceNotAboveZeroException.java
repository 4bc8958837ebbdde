package dev.tradingplatform.signal.backtest;

import java.time.Instant;

/** The period of a backtest has a price of 0 or less, at which no number of shares is worth an amount of money. */
public final class PriceNotAboveZeroException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PriceNotAboveZeroException(String price, Instant timestamp, double value) {
        super("A backtest needs positive prices, and the %s at %s is %s. Choose a period without it by from and to."
                .formatted(price, timestamp, value));
    }
}

package dev.tradingplatform.signal.market;

/** Bars could not be had, or brought; the subclass says why. */
public abstract sealed class MarketDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private MarketDataException(String message) {
        super(message);
    }

    private MarketDataException(String message, Throwable cause) {
        super(message, cause);
    }

    /** stock-service has no bars of the ticker and timeframe. */
    public static final class UnknownTicker extends MarketDataException {

        private static final long serialVersionUID = 1;

        private final String ticker;

        UnknownTicker(SeriesKey key, Throwable cause) {
            super("stock-service has no %s bars of %s".formatted(key.timeframe().code(), key.ticker()), cause);
            this.ticker = key.ticker().value();
        }

        /** The ticker asked for. */
        public String ticker() {
            return ticker;
        }
    }

    /** No replica was found, or none of those found answered. */
    public static final class NoEndpoint extends MarketDataException {

        private static final long serialVersionUID = 1;

        NoEndpoint(String message) {
            super(message);
        }

        NoEndpoint(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** No replica answered in time. */
    public static final class DeadlineExceeded extends MarketDataException {

        private static final long serialVersionUID = 1;

        DeadlineExceeded(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A replica answered with something that is not what was asked for. */
    public static final class UnreadableAnswer extends MarketDataException {

        private static final long serialVersionUID = 1;

        UnreadableAnswer(String message) {
            super(message);
        }

        UnreadableAnswer(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A replica was sent something to write and gave no answer that can be read: it may have written it. */
    public static final class UnknownOutcome extends MarketDataException {

        private static final long serialVersionUID = 1;

        private final boolean late;

        UnknownOutcome(String message, boolean late, Throwable cause) {
            super(message, cause);
            this.late = late;
        }

        /** Whether there was no answer in time, rather than none at all. */
        public boolean late() {
            return late;
        }
    }
}

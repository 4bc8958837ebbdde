package dev.tradingplatform.signal.market;

/** The sender's own part of an import failed; nothing was written. */
public abstract sealed class ImportFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private ImportFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** There is more of it than may be sent at once. */
    public static final class TooLarge extends ImportFailure {

        private static final long serialVersionUID = 1;

        TooLarge(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The content broke off or did not go on. */
    public static final class BrokenOff extends ImportFailure {

        private static final long serialVersionUID = 1;

        BrokenOff(String message, Throwable cause) {
            super(message, cause);
        }
    }
}

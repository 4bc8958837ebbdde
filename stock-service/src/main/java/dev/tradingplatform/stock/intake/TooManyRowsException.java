package dev.tradingplatform.stock.intake;

/** A body has more rows than one request may bring. Nothing was written. */
public final class TooManyRowsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int limit;

    TooManyRowsException(int limit) {
        super("More than " + limit + " rows in one request");
        this.limit = limit;
    }

    /** Returns how many rows one request may bring. */
    public int limit() {
        return limit;
    }
}

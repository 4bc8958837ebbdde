package dev.tradingplatform.stock.importing;

/** A body has more rows, or rows of more tickers, than one request may bring. Nothing was written. */
public final class TooManyRowsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String limit;

    TooManyRowsException(String limit) {
        super("More than " + limit + " in one request");
        this.limit = limit;
    }

    /** Returns how many of what one request may bring. */
    public String limit() {
        return limit;
    }
}

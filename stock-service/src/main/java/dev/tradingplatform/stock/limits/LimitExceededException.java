package dev.tradingplatform.stock.limits;

/** A request exceeds a limit. */
public final class LimitExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String limit;

    LimitExceededException(Kind kind, String limit) {
        super(limit);
        this.kind = kind;
        this.limit = limit;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the limit in words, such as {@code 65536 bytes}. */
    public String limit() {
        return limit;
    }

    /** Kinds of limits, one for each status of an answer: 413, 408 and 503. */
    public enum Kind {
        BODY_SIZE,
        TRANSFER_RATE,
        REQUESTS
    }
}

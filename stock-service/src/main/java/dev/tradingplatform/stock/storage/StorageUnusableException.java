package dev.tradingplatform.stock.storage;

import org.jspecify.annotations.Nullable;

/** The database cannot be used at all, and the service does not start. */
final class StorageUnusableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    StorageUnusableException(String message, String action) {
        this(message, action, null);
    }

    StorageUnusableException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** What the operator can do about it, in one sentence. */
    String action() {
        return action;
    }
}

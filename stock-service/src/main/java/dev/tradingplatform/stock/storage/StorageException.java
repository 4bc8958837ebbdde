package dev.tradingplatform.stock.storage;

/** The database, not the request, is the reason why a request failed. */
public abstract sealed class StorageException extends RuntimeException
        permits StorageBusyException, StorageFullException, StorageUnavailableException {

    private static final long serialVersionUID = 1L;

    StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns the outcome of the transaction as metrics name it. */
    final String outcome() {
        return switch (this) {
            case StorageBusyException _ -> "busy";
            case StorageFullException _ -> "full";
            case StorageUnavailableException _ -> "unavailable";
        };
    }
}

package dev.tradingplatform.stock.storage;

/**
 * Others held the database for longer than a request waits. Nothing was written; the same request may be sent again.
 */
public final class StorageBusyException extends StorageException {

    private static final long serialVersionUID = 1L;

    StorageBusyException(Throwable cause) {
        super("The database was busy for longer than a request waits", cause);
    }
}

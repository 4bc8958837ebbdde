package dev.tradingplatform.stock.storage;

/** There is no room left for what was to be written. Nothing was written; what was there can still be read. */
public final class StorageFullException extends StorageException {

    private static final long serialVersionUID = 1L;

    StorageFullException(Throwable cause) {
        super("There is no room left where the database is kept", cause);
    }
}

package dev.tradingplatform.stock.storage;

/**
 * The database could not be reached or its file not be read or written. Whether something was written is not known: it
 * was all or nothing.
 */
public final class StorageUnavailableException extends StorageException {

    private static final long serialVersionUID = 1L;

    StorageUnavailableException(Throwable cause) {
        super("The database could not be read or written", cause);
    }
}

package dev.tradingplatform.stock.spool;

import java.io.IOException;

/** The disk has no room for a large request or answer, or cannot be used. Nothing was written to the database. */
public final class SpoolFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SpoolFailedException(IOException cause) {
        super("The spool directory (stock.spool.directory) failed: " + cause.getMessage(), cause);
    }
}

package dev.tradingplatform.discovery.http;

import java.io.IOException;

/** A kept connection was found closed by the server before anything was sent on it. */
final class StaleConnectionException extends IOException {

    private static final long serialVersionUID = 1;

    StaleConnectionException() {
        super("the server had closed the kept connection");
    }
}

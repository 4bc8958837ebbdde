package dev.tradingplatform.stock.api;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 as Tomcat speaks it, except that a request line or header that does not come in time is answered with 408
 * before the connection is closed; Tomcat itself closes it without a word, and lets a client that sends a byte now and
 * then go on for hours. Public because Tomcat makes it, by its name.
 */
public final class PunctualProtocol extends Http11NioProtocol {

    private final PunctualHandler handler;

    /** Puts itself between the sockets and Tomcat's own handling of them. */
    public PunctualProtocol() {
        handler = new PunctualHandler(getHandler(), this::getConnectionTimeout, System::nanoTime);
        getEndpoint().setHandler(handler);
    }

    /** Returns what decides who is late. */
    PunctualHandler punctuality() {
        return handler;
    }
}

package dev.tradingplatform.discovery.call;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Cuts off exchanges whose time is over. A socket's own timeout holds for one read: whoever sends a byte now and then,
 * or takes a request in as slowly, would keep a caller for ever. Looked at from time to time rather than with a timer
 * for each, which would wake a thread for every call; the usual silence is ended by the socket, to the millisecond.
 * Safe for concurrent use.
 */
final class OverdueExchanges {

    private final Set<LeasedConnection> underWay = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanoTime;

    OverdueExchanges(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void begins(LeasedConnection exchange) {
        underWay.add(exchange);
    }

    void ends(LeasedConnection exchange) {
        underWay.remove(exchange);
    }

    /** To be called by a clock; how late an exchange may end depends on how often. */
    void cutOff() {
        for (LeasedConnection exchange : underWay) {
            if (nanoTime.getAsLong() - exchange.deadline() >= 0) {
                exchange.cutOff();
            }
        }
    }
}

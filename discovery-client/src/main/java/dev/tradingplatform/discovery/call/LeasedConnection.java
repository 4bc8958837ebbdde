package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection taken from its pool until a deadline, to be given back once, by whoever holds it last. For one thread,
 * except that any may cut it off.
 */
final class LeasedConnection {

    private static final Duration LONGEST_IDLE = Duration.ofSeconds(15);

    private enum Phase {
        EXCHANGING,
        CUT_OFF,
        HANDED_ON,
        GIVEN_BACK
    }

    private final Connections connections;
    private final PoolingHttpClientConnectionManager pool;
    private final ConnectionEndpoint connection;
    private final long deadline;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.EXCHANGING);

    /**
     * Waits for a connection to an endpoint, made or still to be made.
     *
     * @param connections of the service that the endpoint belongs to
     * @param deadline when the exchange must be over, in nanoseconds of elapsed time
     * @throws TimeoutException if all of them are busy for so long
     * @throws ExecutionException if there are none any more
     */
    static LeasedConnection take(
            Connections connections, Endpoint endpoint, HttpRoute route, Timeout patience, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        PoolingHttpClientConnectionManager pool = connections.to(endpoint);
        LeaseRequest wanted = pool.lease("", route, patience, null);
        try {
            return new LeasedConnection(connections, pool, wanted.get(patience), deadline);
        } catch (InterruptedException interrupted) {
            giveUp(pool, wanted);
            throw interrupted;
        }
    }

    // Otherwise the next connection that comes free would be kept for a caller that has gone.
    private static void giveUp(PoolingHttpClientConnectionManager pool, LeaseRequest wanted) {
        try {
            if (!wanted.cancel()) {
                pool.release(wanted.get(Timeout.ONE_MILLISECOND), null, null);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException none) {
            // It did not come in the same moment, so that there is nothing to give back.
        }
    }

    private LeasedConnection(
            Connections connections,
            PoolingHttpClientConnectionManager pool,
            ConnectionEndpoint connection,
            long deadline) {
        this.connections = connections;
        this.pool = pool;
        this.connection = connection;
        this.deadline = deadline;
    }

    PoolingHttpClientConnectionManager pool() {
        return pool;
    }

    ConnectionEndpoint connection() {
        return connection;
    }

    long deadline() {
        return deadline;
    }

    /** Ends an exchange that is still under way, whatever its thread waits for: to connect, to write or to read. */
    void cutOff() {
        if (phase.compareAndSet(Phase.EXCHANGING, Phase.CUT_OFF)) {
            connection.close(CloseMode.IMMEDIATE);
        }
    }

    boolean isCutOff() {
        return phase.get() == Phase.CUT_OFF;
    }

    /** Leaves the rest of the answer to the caller, who may take its time; whether it came to that in time. */
    boolean handOn() {
        return phase.compareAndSet(Phase.EXCHANGING, Phase.HANDED_ON);
    }

    void giveBack(boolean reusable) {
        boolean kept = phase.getAndSet(Phase.GIVEN_BACK) != Phase.CUT_OFF && reusable && connections.keeps(pool);
        if (!kept) {
            connection.close(CloseMode.IMMEDIATE);
        }
        pool.release(connection, null, kept ? TimeValue.of(LONGEST_IDLE) : null);
    }

    void giveBackUnlessHandedOn() {
        Phase now = phase.get();
        if (now == Phase.EXCHANGING || now == Phase.CUT_OFF) {
            giveBack(false);
        }
    }
}

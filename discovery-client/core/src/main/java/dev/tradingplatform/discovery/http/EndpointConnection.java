package dev.tradingplatform.discovery.http;

import java.io.IOException;
import java.util.Optional;
import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection leased for one attempt. Tells the attempt, which it finds in the context, when it connects and when the
 * first byte of the request is about to be sent. For one thread, except {@link #abort}.
 */
final class EndpointConnection extends ConnectionEndpoint {

    private final ConnectionEndpoint leased;
    private final EndpointConnections.Pool pool;
    private final boolean kept;
    private volatile boolean reusable = true;

    EndpointConnection(ConnectionEndpoint leased, EndpointConnections.Pool pool) {
        this.leased = leased;
        this.pool = pool;
        this.kept = leased.isConnected();
    }

    EndpointConnections.Pool pool() {
        return pool;
    }

    /** Returns whether the connection served an earlier attempt. */
    boolean kept() {
        return kept;
    }

    /** Returns whether the connection may serve a further attempt, as far as this attempt knows. */
    boolean reusable() {
        return reusable;
    }

    /** Prevents that the connection serves a further attempt. */
    void doNotReuse() {
        reusable = false;
    }

    /** Closes the connection at once; a thread that connects, writes or reads on it gets an exception. */
    void abort() {
        reusable = false;
        leased.close(CloseMode.IMMEDIATE);
    }

    void connect(HttpContext context) throws IOException {
        Optional<Attempt> attempt = Attempt.in(context);
        TimeValue timeout = attempt.map(Attempt::connectTimeout).orElse(null);
        attempt.ifPresent(current -> current.uses(this));
        pool.manager().connect(leased, timeout, context);
    }

    void upgrade(HttpContext context) throws IOException {
        pool.manager().upgrade(leased, context);
    }

    /** @param keepAlive how long the connection may stay idle; null closes it */
    void release(@Nullable Object state, @Nullable TimeValue keepAlive) {
        if (keepAlive == null) {
            leased.close(CloseMode.IMMEDIATE);
            pool.manager().release(leased, null, TimeValue.ZERO_MILLISECONDS);
        } else {
            pool.manager().release(leased, state, keepAlive);
        }
    }

    @Override
    public ClassicHttpResponse execute(
            String id, ClassicHttpRequest request, RequestExecutor executor, HttpContext context)
            throws IOException, HttpException {
        Optional<Attempt> attempt = Attempt.in(context);
        return attempt.isEmpty()
                ? leased.execute(id, request, executor, context)
                : leased.execute(
                        id,
                        request,
                        (sent, connection, same) -> attempt.get().exchange(sent, this, connection, executor, same),
                        context);
    }

    /** HttpClient 5.4 and later call the method above. */
    @Deprecated
    @Override
    public ClassicHttpResponse execute(
            String id, ClassicHttpRequest request, HttpRequestExecutor executor, HttpContext context) {
        throw new UnsupportedOperationException("HttpClient before 5.4 is not supported");
    }

    @Override
    public boolean isConnected() {
        return leased.isConnected();
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        leased.setSocketTimeout(timeout);
    }

    @Override
    public EndpointInfo getInfo() {
        return leased.getInfo();
    }

    @Override
    public void close() throws IOException {
        leased.close();
    }

    @Override
    public void close(CloseMode mode) {
        leased.close(mode);
    }
}

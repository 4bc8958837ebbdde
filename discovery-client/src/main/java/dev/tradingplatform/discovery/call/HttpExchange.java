package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.Fault;
import dev.tradingplatform.discovery.endpoint.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.RequestConnControl;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.http.protocol.RequestUserAgent;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * One request over one connection to one endpoint. Dials the endpoint's address and keeps the service name in the Host
 * header, in SNI and in the certificate check. Uses the parts of Apache HttpClient below its execution chain: there a
 * failure is known to lie before or after the first byte sent, and nothing is ever repeated on its own account.
 * Redirects are not followed. Safe for concurrent use.
 */
final class HttpExchange {

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final OverdueExchanges overdue;
    private final Duration connectTimeout;
    private final LongSupplier nanoTime;
    private final HttpRequestExecutor executor = new HttpRequestExecutor();

    /** Without Expect: 100-continue, which would hold every body back for a round trip. */
    private final HttpProcessor processor = new DefaultHttpProcessor(
            RequestTargetHost.INSTANCE,
            RequestContent.INSTANCE,
            RequestConnControl.INSTANCE,
            new RequestUserAgent("discovery-client"));

    HttpExchange(OverdueExchanges overdue, Duration connectTimeout, LongSupplier nanoTime) {
        this.overdue = overdue;
        this.connectTimeout = connectTimeout;
        this.nanoTime = nanoTime;
    }

    /**
     * @param connections of the service that the endpoint belongs to
     * @param deadline when the attempt must be over, in nanoseconds of elapsed time
     * @throws IllegalArgumentException if the request cannot be written; nothing was sent then
     */
    Exchanged send(Connections connections, Endpoint endpoint, ServiceRequest request, long deadline)
            throws InterruptedException {
        HttpClientContext context = HttpClientContext.create();
        ClassicHttpRequest wire = onWire(request, context);
        HttpHost dialled = new HttpHost(
                request.uri().getScheme(), endpoint.address(), request.uri().getHost(), endpoint.port());
        HttpRoute route = new HttpRoute(dialled, null, "https".equals(dialled.getSchemeName()));
        long begun = nanoTime.getAsLong();
        LeasedConnection leased;
        try {
            leased = LeasedConnection.take(connections, endpoint, route, timeLeft(deadline), deadline);
        } catch (TimeoutException | ExecutionException | IllegalStateException none) {
            // Of the last kind is what a pool throws that is closed by then, at those too who wait in it.
            return new Exchanged.NoConnection(Duration.ofNanos(nanoTime.getAsLong() - begun));
        }
        overdue.begins(leased);
        try {
            return overConnection(leased, endpoint, wire, context);
        } finally {
            overdue.ends(leased);
            leased.giveBackUnlessHandedOn();
        }
    }

    private Exchanged overConnection(
            LeasedConnection leased, Endpoint endpoint, ClassicHttpRequest wire, HttpClientContext context)
            throws InterruptedException {
        long deadline = leased.deadline();
        boolean kept = leased.connection().isConnected();
        if (!kept) {
            TimeValue patience = connectTimeout(deadline);
            try {
                leased.pool().connect(leased.connection(), patience, context);
            } catch (IOException | IllegalStateException unreachable) {
                endIfInterrupted();
                return unconnected(leased, patience.toDuration(), unreachable);
            }
        }
        try {
            leased.connection().setSocketTimeout(timeLeft(deadline));
            wire.setHeader(DiscoveryHeaders.TIME_LEFT, timeLeft(deadline).toMilliseconds());
            ClassicHttpResponse answer = leased.connection().execute("", wire, executor::execute, context);
            executor.postProcess(answer, processor, context);
            return new Exchanged.Answered(
                    new BufferedAnswer(leased, wire, answer, context).read(endpoint, () -> timeLeft(deadline)));
        } catch (IOException | HttpException | IllegalStateException failure) {
            // Of the last kind is what the client throws when its connection is closed under it.
            endIfInterrupted();
            return failed(leased, kept, failure);
        }
    }

    private Exchanged unconnected(LeasedConnection leased, Duration patience, Exception failure) {
        boolean late = leased.isCutOff()
                || failure instanceof SocketTimeoutException
                || (failure instanceof TlsHandshake.Failed handshake && handshake.late());
        if (late && patience.compareTo(connectTimeout) < 0) {
            return new Exchanged.NoConnection(patience);
        }
        return switch (failure) {
            case TlsHandshake.Failed handshake ->
                new Exchanged.Failed(handshake.foreign() ? Fault.FOREIGN : Fault.BROKEN, false, words(failure));
            case ConnectException refused
            when String.valueOf(refused.getMessage()).contains("refused") -> unreachable(Attempt.REFUSED);
            case SocketTimeoutException _ -> unreachable(Attempt.NOT_ACCEPTED);
            default -> unreachable(words(failure));
        };
    }

    private static Exchanged unreachable(String why) {
        return new Exchanged.Failed(Fault.UNREACHABLE, false, why);
    }

    private static Exchanged failed(LeasedConnection leased, boolean kept, Exception failure) {
        if (leased.isCutOff()) {
            return new Exchanged.Failed(Fault.TIMED_OUT, true, "gave no whole answer");
        }
        if (failure instanceof SocketTimeoutException) {
            return new Exchanged.Failed(Fault.TIMED_OUT, true, "gave no answer");
        }
        return new Exchanged.Failed(kept ? Fault.STALE_CONNECTION : Fault.BROKEN, true, words(failure));
    }

    // An interrupt closes the socket that a virtual thread waits on: that says nothing against the endpoint.
    private static void endIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Refuses what cannot be written before anything is sent: it is the caller's mistake, and nobody else's. */
    private ClassicHttpRequest onWire(ServiceRequest request, HttpClientContext context) {
        ClassicHttpRequest wire = WireRequest.of(request);
        try {
            executor.preProcess(wire, processor, context);
            return wire;
        } catch (HttpException | IOException unwritable) {
            throw new IllegalArgumentException("request: " + unwritable.getMessage(), unwritable);
        }
    }

    private static String words(Exception failure) {
        return "failed (" + failure.getMessage() + ")";
    }

    /** Rounded up: what ends before its deadline would not look like what the deadline ended. */
    private Timeout timeLeft(long deadline) {
        return Timeout.ofMilliseconds(Math.max(1, Math.ceilDiv(deadline - nanoTime.getAsLong(), NANOS_PER_MILLI)));
    }

    private TimeValue connectTimeout(long deadline) {
        long left = timeLeft(deadline).toMilliseconds();
        return TimeValue.ofMilliseconds(Math.min(left, connectTimeout.toMillis()));
    }
}

package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.DiscoveryHeaders;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.balancer.FailureKind;
import dev.tradingplatform.discovery.balancer.PooledEndpoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.io.ConnectionEndpoint.RequestExecutor;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One try on one endpoint: connects or takes a kept connection, sends the request, receives the response headers, and
 * reports to the endpoint how it went. Knows exactly whether anything was sent. Runs on one thread; {@link #abort} and
 * {@link #abortOverdue} may be called by others.
 */
final class Attempt implements AttemptDeadlines.Abortable {

    private static final String CONTEXT_KEY = "dev.tradingplatform.discovery.attempt";
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * Everything an attempt needs to know of its call.
     *
     * @param service that is called
     * @param connections of the HttpClient that is used
     * @param secure whether the URL has the scheme https
     * @param connectTimeout maximum duration of a TCP connect
     * @param readTimeout maximum silence in the response body, unless the connection has a socket timeout of its own
     * @param begin when the call began, in nanoseconds of elapsed time
     * @param deadline when the call ends, in nanoseconds of elapsed time
     * @param repeatable whether the request may be executed twice
     * @param retriedStatuses response statuses after which another endpoint is tried, if the request is repeatable
     * @param enough how long an attempt must have waited for its silence to count against the endpoint
     */
    record Terms(
            Service service,
            EndpointConnections connections,
            boolean secure,
            Duration connectTimeout,
            Duration readTimeout,
            long begin,
            long deadline,
            boolean repeatable,
            Set<Integer> retriedStatuses,
            Duration enough) {

        /** Returns the time from the begin of the call to its deadline. */
        Duration time() {
            return Duration.ofNanos(Math.max(0, deadline - begin));
        }
    }

    private final Terms terms;
    private final PooledEndpoint endpoint;
    private final AttemptDeadlines deadlines;
    private final LongSupplier nanoTime;
    private final Race race;
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile @Nullable EndpointConnection connection;
    private volatile boolean sent;
    private volatile long sentAt;
    private volatile boolean overdue;
    private volatile boolean aborted;
    private volatile boolean outpaced;
    private boolean headersReceived;
    /** How long the endpoint may be silent: as the application has set for its connections, or the service's. */
    private Timeout readTimeout = Timeout.ZERO_MILLISECONDS;

    private @Nullable Exchange exchange;
    private long begin;
    private OptionalLong end = OptionalLong.empty();

    Attempt(Terms terms, PooledEndpoint endpoint, Race race, AttemptDeadlines deadlines, LongSupplier nanoTime) {
        this.terms = terms;
        this.endpoint = endpoint;
        this.race = race;
        this.deadlines = deadlines;
        this.nanoTime = nanoTime;
    }

    /** Returns the attempt that runs with this context. */
    static Optional<Attempt> in(HttpContext context) {
        return context.getAttribute(CONTEXT_KEY) instanceof Attempt attempt ? Optional.of(attempt) : Optional.empty();
    }

    Endpoint endpoint() {
        return endpoint.endpoint();
    }

    /** Returns how long the attempt has taken; if it has ended, until its end. */
    Duration duration() {
        return Duration.ofNanos((end.isPresent() ? end.getAsLong() : nanoTime.getAsLong()) - begin);
    }

    /**
     * Runs the attempt.
     *
     * @param scope of the call; the attempt uses its runtime and its context
     * @return never {@link AttemptResult.Cancelled} unless {@link #abort} was called
     * @throws HttpException if the request cannot be sent to any endpoint
     * @throws IOException if the application's request body cannot be read, or the application cancelled the request
     */
    AttemptResult run(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        HttpClientContext context = scope.clientContext;
        begin = endpoint.begin();
        deadlines.begin(this);
        try {
            HttpRoute route = terms.connections().routeTo(terms.service().name(), endpoint.endpoint(), terms.secure());
            context.setAttribute(CONTEXT_KEY, this);
            request.setHeader(
                    DiscoveryHeaders.TIMEOUT_MS, Long.toString(remaining().toMilliseconds()));
            ClassicHttpResponse response = chain.proceed(
                    request,
                    new ExecChain.Scope(scope.exchangeId, route, scope.originalRequest, scope.execRuntime, context));
            AttemptResult result = received(response, scope);
            return result instanceof AttemptResult.Responded && !race.claim(this)
                    ? discarded(scope.execRuntime)
                    : result;
        } catch (IOException | HttpException | IllegalStateException failure) {
            return failed(failure, scope.execRuntime);
        } finally {
            end = OptionalLong.of(nanoTime.getAsLong());
            deadlines.end(this);
            // Only the first report counts: this one is for exceptions of the application's own interceptors.
            if (finished.compareAndSet(false, true)) {
                endpoint.cancelled(begin);
            }
        }
    }

    /** Is called by the connection when the attempt begins to use it. */
    void uses(EndpointConnection used) {
        connection = used;
        if (aborted || overdue) {
            used.abort();
        }
    }

    /** Sends the request over a connection and receives the response headers. */
    ClassicHttpResponse exchange(
            ClassicHttpRequest request,
            EndpointConnection used,
            HttpClientConnection http,
            RequestExecutor executor,
            HttpContext context)
            throws IOException, HttpException {
        uses(used);
        // A check takes 1 ms if the connection is fine. A request that may be repeated does without: if the connection
        // is stale, it is repeated on a new one.
        if (used.kept() && !terms.repeatable() && isClosedOrHasData(http)) {
            throw new StaleConnectionException();
        }
        Timeout configured = http.getSocketTimeout();
        boolean byApplication = configured != null
                && configured.toMilliseconds() > 0
                && !configured.equals(SocketConfig.DEFAULT.getSoTimeout());
        readTimeout = byApplication ? configured : Timeout.of(terms.readTimeout());
        http.setSocketTimeout(responseTimeout());
        Exchange current = new Exchange(http, this);
        exchange = current;
        sentAt = nanoTime.getAsLong();
        sent = true;
        ClassicHttpResponse response = executor.execute(request, current, context);
        headersReceived = true;
        if (current.bodyIncomplete()) {
            used.doNotReuse();
            // HttpClient would send the request again on this connection, with credentials, if the response is a 401.
            response.setHeader(HttpHeaders.CONNECTION, HeaderElements.CLOSE);
        }
        return response;
    }

    // Data on an idle connection is no response to a request that has not been sent: some servers send a 408 before the
    // connection is closed.
    private static boolean isClosedOrHasData(HttpClientConnection http) throws IOException {
        long before = http.getEndpointDetails().getReceivedBytesCount();
        return http.isStale() || http.getEndpointDetails().getReceivedBytesCount() > before;
    }

    /** Returns whether a slow response is to start a hedged attempt. */
    boolean waitsForHedge() {
        return !race.hedgeAfter().isZero();
    }

    /** Returns how long to wait for the response headers before {@link #onSlow}. */
    Timeout hedgeTimeout() {
        Timeout after = Timeout.of(race.hedgeAfter());
        return after.compareTo(responseTimeout()) < 0 ? after : responseTimeout();
    }

    /** Asks for a hedged attempt; returns whether there is one now, so that there is no need to ask again. */
    boolean onSlow() {
        return race.onSlow();
    }

    /** Returns how long to wait for the response headers, at least 1 ms. */
    Timeout responseTimeout() {
        Timeout remaining = remaining();
        boolean limited = readTimeout.toMilliseconds() > 0 && readTimeout.compareTo(remaining) < 0;
        return limited ? readTimeout : remaining;
    }

    /** Returns how long a connect may take. */
    TimeValue connectTimeout() {
        Timeout remaining = remaining();
        Timeout usual = Timeout.of(terms.connectTimeout());
        return usual.compareTo(remaining) < 0 ? usual : remaining;
    }

    // Rounded up: an attempt that ends before the deadline would not look like one that the deadline ended.
    private Timeout remaining() {
        return Timeout.ofMilliseconds(
                Math.max(1, Math.ceilDiv(terms.deadline() - nanoTime.getAsLong(), NANOS_PER_MILLI)));
    }

    @Override
    public long deadline() {
        return terms.deadline();
    }

    // For a response that arrives byte by byte: each of them starts the socket's timeout again.
    @Override
    public void onCheck(long now) {
        if (waitsForHedge()
                && sent
                && !finished.get()
                && now - sentAt >= race.hedgeAfter().toNanos()) {
            race.onSlow();
        }
    }

    @Override
    public void abortOverdue() {
        overdue = true;
        closeConnection();
    }

    /**
     * Ends the attempt.
     *
     * @param byFasterOne whether the other attempt of a hedged pair has responded
     */
    void abort(boolean byFasterOne) {
        outpaced = byFasterOne;
        aborted = true;
        closeConnection();
    }

    private void closeConnection() {
        EndpointConnection used = connection;
        if (used != null) {
            used.abort();
        }
    }

    private AttemptResult received(ClassicHttpResponse response, ExecChain.Scope scope) throws IOException {
        ExecRuntime runtime = scope.execRuntime;
        EndpointConnection used = connection;
        if (used == null) {
            throw new ClientProtocolException(
                    "the HttpClient has another connection manager than the one that DiscoveryClient.configure set");
        }
        int status = response.getCode();
        Optional<String> sender = ResponseClassifier.sender(response);
        boolean draining = response.containsHeader(DiscoveryHeaders.DRAINING);
        boolean foreign = sender.isPresent()
                && !ResponseClassifier.matches(sender.get(), terms.service().name(), endpoint.aliases());
        if (foreign || !endpoint.confirmsIdentity(sender.isPresent(), !used.kept())) {
            runtime.discardEndpoint();
            return refused(
                    Optional.empty(),
                    FailureKind.FOREIGN,
                    ResponseClassifier.description(status, sender),
                    Optional.empty());
        }
        response.removeHeaders(DiscoveryHeaders.SERVICE);
        response.removeHeaders(DiscoveryHeaders.DRAINING);
        Optional<FailureKind> failure = ResponseClassifier.failure(status, terms.retriedStatuses());
        // A hedged attempt must not end a slow one that may still succeed: an endpoint that fails is often the fastest.
        boolean refused = terms.retriedStatuses().contains(status) || race.hedged();
        if (failure.isPresent() && terms.repeatable() && refused) {
            boolean whole = readAhead(response, used);
            if (!whole) {
                runtime.discardEndpoint();
            }
            return refused(
                    whole ? Optional.of(response) : Optional.empty(),
                    failure.get(),
                    ResponseClassifier.description(status, sender),
                    RetryAfter.of(response));
        }
        Optional<FailureKind> brokenBody = takeBody(response, used, scope);
        report(brokenBody.isPresent() ? brokenBody : failure, draining, RetryAfter.of(response));
        return new AttemptResult.Responded(response);
    }

    /** Reads a short body, and lets the caller stream any other. Returns whether and how a short one broke off. */
    private Optional<FailureKind> takeBody(ClassicHttpResponse response, EndpointConnection used, ExecChain.Scope scope)
            throws IOException {
        HttpEntity body = response.getEntity();
        if (body == null) {
            return Optional.empty();
        }
        if (!ResponseBody.isShort(body)) {
            used.setSocketTimeout(readTimeout);
            ResponseBody.stream(response, used, broken -> bodyBrokeOff(broken, scope));
            return Optional.empty();
        }
        if (terms.repeatable()) {
            readAhead(response, used);
            return Optional.empty();
        }
        used.setSocketTimeout(responseTimeout());
        Optional<IOException> broken = ResponseBody.readAheadAsFarAsItGoes(response);
        if (broken.isPresent()) {
            if (scope.execRuntime.isExecutionAborted() || Thread.currentThread().isInterrupted()) {
                throw broken.get();
            }
            scope.execRuntime.discardEndpoint();
        }
        return broken.map(this::kindOf);
    }

    private boolean readAhead(ClassicHttpResponse response, EndpointConnection used) throws IOException {
        if (response.getEntity() != null) {
            used.setSocketTimeout(responseTimeout());
        }
        return ResponseBody.readAhead(response);
    }

    // The other attempt of the pair responded at the same time, and its response is the one that is used.
    private AttemptResult discarded(ExecRuntime runtime) {
        runtime.discardEndpoint();
        return new AttemptResult.Cancelled();
    }

    private AttemptResult refused(
            Optional<ClassicHttpResponse> response,
            FailureKind kind,
            String description,
            Optional<Duration> retryAfter) {
        report(Optional.of(kind), false, retryAfter);
        return new AttemptResult.Refused(response, kind, description);
    }

    private void report(Optional<FailureKind> failure, boolean draining, Optional<Duration> retryAfter) {
        if (!finished.compareAndSet(false, true)) {
            return;
        }
        if (failure.isEmpty()) {
            if (draining) {
                endpoint.succeededDraining(begin);
            } else {
                endpoint.succeeded(begin);
            }
        } else if (retryAfter.isPresent() && failure.get() == FailureKind.GATEWAY_STATUS) {
            endpoint.failed(begin, failure.get(), retryAfter.get());
        } else {
            endpoint.failed(begin, failure.get());
        }
        event(failure.map(FailureKind::label).orElse("success"));
    }

    private void event(String outcome) {
        terms.service().onAttempt(endpoint.endpoint(), outcome, race.hedged());
    }

    private void bodyBrokeOff(IOException failure, ExecChain.Scope scope) {
        // The application cancelled the request, or interrupted its thread.
        boolean cancelled = scope.originalRequest instanceof CancellableDependency request && request.isCancelled();
        if (cancelled || Thread.currentThread().isInterrupted()) {
            return;
        }
        long now = endpoint.begin();
        endpoint.failed(now, kindOf(failure));
    }

    private FailureKind kindOf(IOException brokenBody) {
        return overdue || brokenBody instanceof SocketTimeoutException ? FailureKind.TIMED_OUT : FailureKind.BROKEN;
    }

    private AttemptResult failed(Exception failure, ExecRuntime runtime) throws IOException, HttpException {
        if (aborted) {
            if (finished.compareAndSet(false, true)) {
                if (outpaced) {
                    endpoint.outpaced(begin);
                } else {
                    endpoint.cancelled(begin);
                }
                event("cancelled");
            }
            return new AttemptResult.Cancelled();
        }
        if (Thread.currentThread().isInterrupted()) {
            // An interrupt closes the socket that a virtual thread waits for: that says nothing about the endpoint.
            throw new InterruptedIOException("the call to " + terms.service().name() + " was interrupted");
        }
        if (ofTheApplication(failure, runtime)) {
            if (failure instanceof HttpException unsendable) {
                throw unsendable;
            }
            if (failure instanceof RuntimeException ofItsBody) {
                throw ofItsBody;
            }
            throw failure instanceof IOException broken ? broken : new IOException(failure);
        }
        AttemptResult result = sent ? afterSending(failure) : beforeSending(failure);
        if (result instanceof AttemptResult.Failed ended
                && (ended.kind() != FailureKind.TIMED_OUT || duration().compareTo(terms.enough()) >= 0)) {
            report(Optional.of(ended.kind()), false, Optional.empty());
        } else if (finished.compareAndSet(false, true)) {
            endpoint.cancelled(begin);
            event(result instanceof AttemptResult.Failed ? FailureKind.TIMED_OUT.label() : "cancelled");
        }
        return result;
    }

    // Cancelled, or a request that no endpoint could be sent, or a body that could not be read.
    private boolean ofTheApplication(Exception failure, ExecRuntime runtime) {
        Exchange current = exchange;
        return runtime.isExecutionAborted()
                || failure instanceof ClientProtocolException
                || (current != null && current.sourceFailed())
                || (!sent && failure instanceof HttpException);
    }

    private AttemptResult beforeSending(Exception failure) {
        if (failure instanceof StaleConnectionException) {
            return unsent(FailureKind.STALE_CONNECTION, "had closed the kept connection", failure);
        }
        if (failure instanceof ConnectionRequestTimeoutException || failure instanceof IllegalStateException) {
            // The second is what a pool throws that was closed because its endpoint was removed.
            return new AttemptResult.NotStarted("had no free connection");
        }
        boolean late = overdue || failure instanceof SocketTimeoutException;
        if (late && endedBeforeConnectTimeout()) {
            return new AttemptResult.NotStarted(Failures.NO_TIME_TO_CONNECT);
        }
        return switch (failure) {
            case SSLException tls ->
                unsent(
                        names(tls) ? FailureKind.FOREIGN : FailureKind.BROKEN,
                        "failed (TLS: " + tls.getMessage() + ")",
                        tls);
            case SocketTimeoutException handshake
            when terms.secure() && lastedAsLongAsHandshake() ->
                unsent(FailureKind.BROKEN, "did not complete the TLS handshake in time", handshake);
            case SocketTimeoutException timeout -> unsent(FailureKind.UNREACHABLE, Failures.NOT_ACCEPTED, timeout);
            case ConnectException refused
            when String.valueOf(refused.getMessage()).contains("refused") ->
                unsent(FailureKind.UNREACHABLE, Failures.REFUSED, refused);
            default -> unsent(FailureKind.UNREACHABLE, "failed (" + failure.getMessage() + ")", failure);
        };
    }

    // The deadline of the call left less time than a connect may take, which says nothing about the endpoint.
    private boolean endedBeforeConnectTimeout() {
        return connectTimeout().compareTo(Timeout.of(terms.connectTimeout())) < 0
                && duration().compareTo(terms.connectTimeout()) < 0;
    }

    // HttpClient reports a timeout of the connect and one of the handshake by the same exception. The first one comes
    // after the connect timeout, the second one after at least the handshake timeout.
    private boolean lastedAsLongAsHandshake() {
        Duration handshake = terms.service().settings().tlsHandshakeTimeout();
        return duration().compareTo(terms.connectTimeout().plus(handshake.dividedBy(2))) > 0;
    }

    // The certificate is for another name, or of an unknown issuer: the server there is not the service.
    private static boolean names(SSLException failure) {
        return failure instanceof SSLPeerUnverifiedException || failure.getCause() instanceof CertificateException;
    }

    private static AttemptResult unsent(FailureKind kind, String description, Exception cause) {
        return new AttemptResult.Failed(kind, false, description, cause);
    }

    private AttemptResult afterSending(Exception failure) {
        EndpointConnection used = connection;
        FailureKind kind;
        String description;
        if (overdue || failure instanceof SocketTimeoutException) {
            kind = FailureKind.TIMED_OUT;
            description = headersReceived ? "did not complete its response" : "did not respond";
        } else {
            // Without a repeatable request, the connection was checked a moment before: the endpoint broke it.
            boolean stale = used != null && used.kept() && terms.repeatable() && !headersReceived;
            kind = stale ? FailureKind.STALE_CONNECTION : FailureKind.BROKEN;
            description = "failed (" + failure.getMessage() + ")";
        }
        return new AttemptResult.Failed(kind, true, description, failure);
    }
}

package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.FailedAttempt;
import dev.tradingplatform.discovery.balancer.FailureKind;
import dev.tradingplatform.discovery.balancer.PooledEndpoint;
import dev.tradingplatform.discovery.dns.Wait;
import dev.tradingplatform.discovery.http.RetryPolicy.NextStep;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.auth.AuthExchange;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * One call: picks endpoints and runs attempts until there is a response, or nothing more to try. To be used once, by
 * one thread.
 */
final class Call {

    /** RFC 9110 §9.2.2; QUERY: draft-ietf-httpbis-safe-method-w-body. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY");

    /** RFC 9110 §9.2.1. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "QUERY");

    /** draft-ietf-httpapi-idempotency-key-header. */
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
    private static final Duration MAX_PAUSE = Duration.ofMillis(200);

    /** A server that closes its connections closes the ones of a burst one after the other. */
    private static final int MAX_RECONNECTS = 8;

    /**
     * What all calls of a client share.
     *
     * @param deadlines ends attempts whose time is over
     * @param nanoTime elapsed time in nanoseconds
     * @param random spreads the pauses; safe for concurrent use
     * @param executor for hedged attempts
     * @param waiting how callers wait for them, and between retries
     */
    record Environment(
            AttemptDeadlines deadlines,
            LongSupplier nanoTime,
            RandomGenerator random,
            Executor executor,
            Wait waiting) {}

    private final Attempt.Terms terms;
    private final ClassicHttpRequest request;
    private final ExecChain.Scope scope;
    private final ExecChain chain;
    private final Environment environment;
    private final int maxAttempts;
    private final Header[] headers;
    private final @Nullable HttpEntity entity;
    private final List<Endpoint> tried = new ArrayList<>(4);
    private final List<FailedAttempt> failures = new ArrayList<>(4);
    private final List<Ended> hedgedFailures = new ArrayList<>(0);
    private int attempts;
    private int reconnects;
    private Optional<PooledEndpoint> again = Optional.empty();
    private boolean everSent;
    private Duration pause = FIRST_PAUSE;
    private @Nullable ClassicHttpResponse refusal;
    private @Nullable Exception lastFailure;

    /** @param maxAttempts maximum number of attempts that reach an endpoint */
    Call(
            Attempt.Terms terms,
            int maxAttempts,
            ClassicHttpRequest request,
            ExecChain.Scope scope,
            ExecChain chain,
            Environment environment) {
        this.terms = terms;
        this.maxAttempts = maxAttempts;
        this.request = request;
        this.scope = scope;
        this.chain = chain;
        this.environment = environment;
        this.headers = request.getHeaders();
        this.entity = request.getEntity();
    }

    /** Returns whether a request may be executed twice, and its body can be sent twice. */
    static boolean repeatable(ClassicHttpRequest request) {
        boolean idempotent = IDEMPOTENT.contains(request.getMethod()) || request.containsHeader(IDEMPOTENCY_KEY);
        return idempotent && (request.getEntity() == null || request.getEntity().isRepeatable());
    }

    /**
     * Runs the call: the steps in order. The endpoints are known when it begins.
     *
     * @return the first response that no other endpoint could better
     * @throws DiscoveryException if there is none
     */
    ClassicHttpResponse run() throws IOException, HttpException, InterruptedException {
        while (true) {
            Optional<PooledEndpoint> picked = pick();
            if (picked.isEmpty()) {
                if (!pauseAndRetry()) {
                    return refusalOrFailure("no other endpoint is left");
                }
                continue;
            }
            AttemptResult result = attempt(picked.get());
            if (result instanceof AttemptResult.Responded responded) {
                return responded.response();
            }
            switch (RetryPolicy.next(result, situation(), terms.service().retryBudget())) {
                case NextStep.FailOver another -> count(Activity.Event.RETRY);
                case NextStep.Reconnect same -> reconnect(picked);
                case NextStep.PauseAndRetry later -> {
                    if (!pauseAndRetry()) {
                        return refusalOrFailure("no other endpoint is left");
                    }
                }
                case NextStep.GiveUp end -> {
                    return refusalOrFailure(end.reason());
                }
            }
        }
    }

    private Optional<PooledEndpoint> pick() {
        Optional<PooledEndpoint> same = again;
        again = Optional.empty();
        if (!timeLeft()) {
            return Optional.empty();
        }
        return same.isPresent() ? same : terms.service().pool().pick(tried, terms.repeatable());
    }

    private AttemptResult attempt(PooledEndpoint endpoint) throws IOException, HttpException, InterruptedException {
        tried.add(endpoint.endpoint());
        request.setHeaders(headers);
        request.setEntity(entity);
        if (!mayHedge()) {
            Attempt only = newAttempt(endpoint, Race.ALONE);
            return note(only, only.run(request, scope, chain));
        }
        Hedge hedge = new Hedge(
                terms.service().hedgeDelay(SAFE.contains(request.getMethod()), terms.time()),
                this::second,
                environment.executor(),
                environment.waiting());
        Attempt first = newAttempt(endpoint, hedge);
        hedge.first(first);
        try {
            AttemptResult result = note(first, first.run(request, scope, chain));
            Optional<AttemptResult> other = hedge.await(result, Duration.ofNanos(Math.max(0, remaining())));
            if (other.isEmpty()) {
                return result;
            }
            hedgedFailures.forEach(ended -> note(ended.attempt(), ended.result()));
            hedgedFailures.clear();
            return note(hedge.second().orElseThrow(), other.get());
        } finally {
            hedge.close();
        }
    }

    private Attempt newAttempt(PooledEndpoint endpoint, Race race) {
        return new Attempt(terms, endpoint, race, environment.deadlines(), environment.nanoTime());
    }

    private boolean mayHedge() {
        return terms.repeatable()
                && attempts + 1 < maxAttempts
                && !hasPreemptiveCredentials()
                && terms.service().pool().hasOther(tried);
    }

    // A hedged attempt runs in a context of its own. Without these credentials it would get a 401, sooner than the slow
    // attempt gets its response.
    private boolean hasPreemptiveCredentials() {
        for (AuthExchange exchange : scope.clientContext.getAuthExchanges().values()) {
            if (exchange.getAuthScheme() != null) {
                return true;
            }
        }
        return false;
    }

    /** Picks an endpoint for a hedged attempt. */
    private Optional<Hedge.Second> second(Race race) {
        if (!timeLeft() || !mayAddAttempt()) {
            return Optional.empty();
        }
        return terms.service().pool().pick(tried, false).map(endpoint -> {
            count(Activity.Event.HEDGED_ATTEMPT);
            return new Second(endpoint, race);
        });
    }

    // If everything is slow for a while, nothing is left for hedged attempts. A call that has waited for long takes one
    // of the retries then: with its endpoint frozen, it would fail although others respond.
    private boolean mayAddAttempt() {
        Duration waited = Duration.ofNanos(environment.nanoTime().getAsLong() - terms.begin());
        boolean late = waited.compareTo(Service.maxHedgeDelay(terms.time())) >= 0;
        return terms.service().hedgeBudget().spend()
                || (late && terms.service().retryBudget().spend());
    }

    /**
     * Runs a second attempt, and further ones at other endpoints as long as one fails and may be followed by another:
     * the first attempt may stay silent until the deadline. While it runs, the caller's thread waits for the first
     * attempt or for this, and uses neither {@code tried} nor {@code hedgedFailures}.
     */
    private final class Second implements Hedge.Second {

        private final Race race;
        private final ExecRuntime runtime = scope.execRuntime.fork(null);
        private volatile Attempt attempt;

        Second(PooledEndpoint endpoint, Race race) {
            this.race = race;
            this.attempt = begin(endpoint);
        }

        private Attempt begin(PooledEndpoint endpoint) {
            tried.add(endpoint.endpoint());
            return newAttempt(endpoint, race);
        }

        @Override
        public Attempt attempt() {
            return attempt;
        }

        @Override
        public AttemptResult run() {
            // The first attempt and this one.
            int reached = attempts + 2;
            AttemptResult result = runOnce();
            while (mayFollow(result, reached)) {
                Optional<PooledEndpoint> next = terms.service().pool().pick(tried, false);
                if (next.isEmpty()) {
                    return result;
                }
                hedgedFailures.add(new Ended(attempt, result));
                reached += RetryPolicy.sent(result) ? 1 : 0;
                count(Activity.Event.RETRY);
                attempt = begin(next.get());
                result = runOnce();
            }
            return result;
        }

        private boolean mayFollow(AttemptResult result, int reached) {
            boolean failed = !(result instanceof AttemptResult.Responded || result instanceof AttemptResult.Cancelled);
            return failed
                    && timeLeft()
                    && terms.service().pool().hasOther(tried)
                    && (!RetryPolicy.sent(result)
                            || (reached < maxAttempts
                                    && terms.service().retryBudget().spend()));
        }

        private AttemptResult runOnce() {
            try {
                AttemptResult result = attempt.run(
                        copy(),
                        new ExecChain.Scope(
                                scope.exchangeId, scope.route, scope.originalRequest, runtime, copyContext()),
                        chain);
                if (result instanceof AttemptResult.Responded
                        && runtime instanceof Cancellable exchange
                        && scope.originalRequest instanceof CancellableDependency application) {
                    // From now on, a request that the application cancels ends this response.
                    application.setDependency(exchange);
                }
                return result;
            } catch (IOException | HttpException ofTheApplication) {
                // The first attempt meets the same failure, on the thread that can report it.
                return new AttemptResult.Cancelled();
            }
        }
    }

    /** An attempt of the second thread that failed and was followed by another one. */
    private record Ended(Attempt attempt, AttemptResult result) {}

    private ClassicHttpRequest copy() {
        ClassicHttpRequest copy = new BasicClassicHttpRequest(
                request.getMethod(), request.getScheme(), request.getAuthority(), request.getPath());
        copy.setHeaders(headers);
        copy.setEntity(entity);
        copy.setVersion(request.getVersion());
        return copy;
    }

    private HttpClientContext copyContext() {
        HttpClientContext original = scope.clientContext;
        HttpClientContext copy = HttpClientContext.create();
        copy.setExchangeId(original.getExchangeId());
        copy.setRequestConfig(original.getRequestConfig());
        copy.setCookieStore(original.getCookieStore());
        copy.setCookieSpecRegistry(original.getCookieSpecRegistry());
        copy.setCredentialsProvider(original.getCredentialsProvider());
        copy.setAuthSchemeRegistry(original.getAuthSchemeRegistry());
        copy.setUserToken(original.getUserToken());
        return copy;
    }

    private AttemptResult note(Attempt attempt, AttemptResult result) {
        switch (result) {
            case AttemptResult.Responded response -> {}
            case AttemptResult.Refused refused -> {
                refused.response().ifPresent(response -> refusal = response);
                boolean reached = refused.kind() != FailureKind.FOREIGN;
                record(attempt, refused.description(), reached, reached, false);
            }
            case AttemptResult.Failed failed -> {
                lastFailure = failed.cause();
                boolean stale = failed.kind() == FailureKind.STALE_CONNECTION;
                if (stale || failed.kind() == FailureKind.BROKEN) {
                    // The server broke one of its connections, and probably all of them.
                    terms.connections().closeIdle(terms.service().name(), attempt.endpoint());
                }
                // A stale connection is replaced by a new one, and does not count as an attempt.
                boolean replaced = stale && terms.repeatable();
                boolean timedOut = failed.kind() == FailureKind.TIMED_OUT;
                record(attempt, failed.description(), failed.sent(), failed.sent() && !replaced, timedOut);
            }
            case AttemptResult.NotStarted notStarted -> record(attempt, notStarted.description(), false, false, false);
            case AttemptResult.Cancelled cancelled -> {}
        }
        return result;
    }

    private void record(Attempt attempt, String description, boolean sent, boolean counts, boolean timedOut) {
        if (counts) {
            attempts++;
            everSent = true;
        }
        if (!sent) {
            // The same endpoint may refuse many times while the call waits: the latest time is enough.
            failures.removeIf(earlier -> !earlier.sent()
                    && earlier.endpoint().equals(attempt.endpoint())
                    && earlier.description().equals(description));
        }
        failures.add(new FailedAttempt(attempt.endpoint(), description, sent, timedOut, attempt.duration()));
    }

    private RetryPolicy.Situation situation() {
        return new RetryPolicy.Situation(
                terms.repeatable(),
                everSent,
                attempts,
                maxAttempts,
                timeLeft(),
                terms.service().pool().hasOther(tried));
    }

    private void reconnect(Optional<PooledEndpoint> endpoint) {
        count(Activity.Event.STALE_CONNECTION);
        reconnects++;
        again = reconnects < MAX_RECONNECTS ? endpoint : Optional.empty();
    }

    private boolean pauseAndRetry() throws InterruptedException {
        if (everSent || refusal != null || !timeLeft()) {
            return false;
        }
        count(Activity.Event.PAUSE);
        terms.service().resolveAgain(terms.deadline());
        terms.service().probe();
        long nanos = (long) (pause.toNanos() * (0.5 + environment.random().nextDouble() / 2));
        environment.waiting().await(new CompletableFuture<>(), Math.clamp(remaining(), 0, nanos));
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE;
        tried.clear();
        return true;
    }

    private void count(Activity.Event event) {
        terms.service().activity().count(event);
    }

    private boolean timeLeft() {
        return remaining() > 0;
    }

    private long remaining() {
        return terms.deadline() - environment.nanoTime().getAsLong();
    }

    private ClassicHttpResponse refusalOrFailure(String reason) throws DiscoveryException {
        if (refusal != null) {
            return refusal;
        }
        String service = terms.service().name();
        String hint = Failures.hint(failures);
        DiscoveryException failure = timeLeft()
                ? new DiscoveryException.AttemptsFailed(service, failures, reason, hint)
                : new DiscoveryException.DeadlineExceeded(
                        service, failures, Duration.ofNanos(Math.max(0, terms.deadline() - terms.begin())), hint);
        if (lastFailure != null) {
            failure.initCause(lastFailure);
        }
        throw failure;
    }
}

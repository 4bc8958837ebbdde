package dev.tradingplatform.discovery.dns;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches the resolution of one service name. While targets are usable, no call waits for DNS: a lookup that is due runs
 * in the background, and the calls use the known targets. At most one lookup is in flight, whatever the number of
 * callers. Safe for concurrent use.
 *
 * <p>A lookup is due when the TTL has ended, or after a pause if the lookup before it failed. Callers that have no
 * endpoint to call may start a lookup early, by {@link #awaitFound} and {@link #resolveAgain}: at most one a second for
 * all callers together, and in the first second without any targets one after 200, 400 and 800 ms. A resolver that
 * caches the answer, as the one of a VPC does, repeats it until its TTL has ended: there, an early lookup brings
 * nothing new before that.
 */
public final class CachedResolution {

    private static final Logger LOG = LoggerFactory.getLogger(CachedResolution.class);

    private final Supplier<Resolution> lookup;
    private final Supplier<String> query;
    private final CachePolicy policy;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Executor executor;
    private final Consumer<Resolution> listener;
    private final Wait wait;
    private final AtomicReference<State> state;
    private final AtomicLong earlyLookups = new AtomicLong();

    /** Used only by the lookup in flight. */
    private final AnswerHistory history;

    /**
     * The entry, and the lookup that replaces it. While a lookup is in flight, only this lookup changes the state.
     *
     * @param outcome completes with the entry after the lookup that is in flight, or else after the next one
     */
    private record State(CacheEntry entry, boolean inFlight, CompletableFuture<CacheEntry> outcome) {

        static State idle(CacheEntry entry) {
            return new State(entry, false, new CompletableFuture<>());
        }

        State inFlight(CacheEntry changed) {
            return new State(changed, true, outcome);
        }
    }

    /**
     * Creates an empty cache. The first lookup starts with the first use.
     *
     * @param lookup looks the name up and blocks until the outcome is known
     * @param query what this queries and where, for messages about lookups in flight
     * @param nanoTime elapsed time in nanoseconds, as {@link System#nanoTime()}
     * @param random spreads lookups of many clients; safe for concurrent use if several caches share it
     * @param executor runs lookups, which block
     * @param listener receives each outcome, on the thread of the lookup, before any caller sees it
     * @param wait how callers wait for a lookup
     */
    public CachedResolution(
            Supplier<Resolution> lookup,
            Supplier<String> query,
            CachePolicy policy,
            LongSupplier nanoTime,
            RandomGenerator random,
            Executor executor,
            Consumer<Resolution> listener,
            Wait wait) {
        this.lookup = lookup;
        this.query = query;
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.random = random;
        this.executor = executor;
        this.listener = listener;
        this.wait = wait;
        this.history = new AnswerHistory(nanoTime);
        this.state = new AtomicReference<>(State.idle(CacheEntry.empty(nanoTime.getAsLong())));
    }

    /**
     * Returns the resolution to use now: the known targets while they are fresh or stale, otherwise the outcome of the
     * latest lookup. Waits only if there are no usable targets and a lookup is due or in flight.
     *
     * @param timeout maximum time to wait; the lookup continues without the caller
     * @throws InterruptedException if the caller is interrupted while it waits; the lookup continues for other callers
     */
    public Resolution get(Duration timeout) throws InterruptedException {
        State seen = start(false);
        return seen.inFlight() && usable(seen.entry()).isEmpty()
                ? awaitOutcome(seen, timeout)
                : resolution(seen.entry());
    }

    /**
     * Returns usable targets as soon as there are any. Until then, looks the name up again when a lookup is due, and
     * early: 200, 400 and 800 ms after the failed lookup before, then once a second, whatever the negative TTL. A
     * service that starts at the same time as its callers is found this way: DNS lists an instance only after its
     * start.
     *
     * @param timeout maximum time to wait; a lookup in flight continues without the caller
     * @return usable targets, or the outcome of the latest lookup if the timeout has passed
     * @throws InterruptedException if the caller is interrupted while it waits; the lookup continues for other callers
     */
    public Resolution awaitFound(Duration timeout) throws InterruptedException {
        long end = nanoTime.getAsLong() + timeout.toNanos();
        while (true) {
            State seen = start(false);
            if (!seen.inFlight() && usable(seen.entry()).isEmpty()) {
                seen = start(true);
            }
            Optional<Resolution.Found> usable = usable(seen.entry());
            if (usable.isPresent()) {
                return usable.get();
            }
            long now = nanoTime.getAsLong();
            long remaining = end - now;
            if (remaining <= 0) {
                return seen.entry().failures() > 0 ? seen.entry().latest() : unanswered(timeout, seen.entry());
            }
            long pause =
                    Math.min(seen.entry().nextEarlyLookup() - now, seen.entry().nextLookup() - now);
            wait.await(seen.outcome(), seen.inFlight() ? remaining : Math.min(remaining, Math.max(0, pause)));
        }
    }

    /**
     * Looks the name up although its TTL has not ended, for callers that found that no known endpoint accepts calls.
     * Waits for the lookup in flight if there is one. Otherwise starts an early lookup and waits for it, unless the
     * last early lookup started less than a second ago: then returns what is known at once.
     *
     * @param timeout maximum time to wait; the lookup continues without the caller
     * @return as {@link #get}
     * @throws InterruptedException if the caller is interrupted while it waits; the lookup continues for other callers
     */
    public Resolution resolveAgain(Duration timeout) throws InterruptedException {
        State seen = start(true);
        return seen.inFlight() ? awaitOutcome(seen, timeout) : resolution(seen.entry());
    }

    private Resolution awaitOutcome(State seen, Duration timeout) throws InterruptedException {
        wait.await(seen.outcome(), timeout.toNanos());
        if (seen.outcome().isDone()) {
            return resolution(seen.outcome().join());
        }
        Resolution unanswered = unanswered(timeout, seen.entry());
        return usable(seen.entry()).<Resolution>map(found -> found).orElse(unanswered);
    }

    private Resolution resolution(CacheEntry entry) {
        Resolution latest = entry.latest();
        return usable(entry).<Resolution>map(found -> found).orElse(latest);
    }

    private Resolution unanswered(Duration timeout, CacheEntry entry) {
        String before =
                entry.failures() > 0 ? "; the lookup before: " + entry.latest().warning() : "";
        return new Resolution.Unavailable(
                "no answer within " + timeout.toMillis() + " ms to the query " + query.get() + before);
    }

    /** Returns the usable targets, if there are any. Starts a lookup that is due, and does not wait for it. */
    public Optional<Resolution.Found> usable() {
        return usable(start(false).entry());
    }

    private Optional<Resolution.Found> usable(CacheEntry entry) {
        return entry.usable(policy, nanoTime.getAsLong());
    }

    /** Starts a lookup if one is due and none is in flight. Does not wait. */
    public void refreshIfDue() {
        start(false);
    }

    /**
     * Starts a lookup if none is in flight and one is due or, if the caller wants one early, allowed.
     *
     * @return the state after that: the lookup may have ended already
     */
    private State start(boolean early) {
        while (true) {
            State now = state.get();
            long time = nanoTime.getAsLong();
            boolean due = now.entry().due(time);
            boolean allowed = due || (early && now.entry().earlyLookupAllowed(time));
            if (now.inFlight() || !allowed) {
                return now;
            }
            CacheEntry entry = due ? now.entry() : now.entry().afterEarlyStart(time);
            if (state.compareAndSet(
                    now,
                    now.inFlight(entry.withNextLookup(time + policy.maxTtl().toNanos())))) {
                if (!due) {
                    earlyLookups.incrementAndGet();
                }
                run();
                return state.get();
            }
        }
    }

    private void run() {
        try {
            executor.execute(() -> end(outcomeOfLookup()));
        } catch (RuntimeException | Error noThread) {
            end(new Resolution.Unavailable("the lookup could not be started: " + noThread));
        }
    }

    private Resolution outcomeOfLookup() {
        try {
            return lookup.get();
        } catch (RuntimeException | Error failure) {
            return new Resolution.Unavailable("the lookup failed: " + failure);
        }
    }

    // Must always end with the time of the next lookup: otherwise the name would never be looked up again, and the
    // callers that wait would wait until their timeout.
    private void end(Resolution outcome) {
        Resolution resolution = history.classify(outcome);
        State inFlight = state.get();
        CacheEntry next = inFlight.entry().after(resolution, policy, nanoTime.getAsLong(), random.nextDouble());
        try {
            listener.accept(resolution);
        } catch (RuntimeException | Error failure) {
            LOG.warn("The listener failed for {}", resolution, failure);
        } finally {
            state.set(State.idle(next));
            inFlight.outcome().complete(next);
        }
    }

    /** Returns how many lookups were started before they were due. */
    public long earlyLookups() {
        return earlyLookups.get();
    }

    /** Returns whether the latest lookup failed and the TTL of the known targets, if there are any, has ended. */
    public boolean stale() {
        return state.get().entry().failed() && remainingTtl().isNegative();
    }

    /** Returns how long the known targets stay fresh; negative if they are stale. */
    public Duration remainingTtl() {
        return state.get().entry().remainingTtl(nanoTime.getAsLong());
    }

    /** Returns what went wrong in the latest lookup or deserves attention; empty if nothing does. */
    public String warning() {
        return state.get().entry().latest().warning();
    }
}

package dev.tradingplatform.discovery.dns;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known about one service name, and until when. Immutable: each lookup creates the next entry. All times are
 * nanoseconds of one source of elapsed time, so that a step of the wall clock has no effect.
 *
 * @param good the last answer that had targets
 * @param until how long it may be used
 * @param latest outcome of the latest lookup
 * @param nextLookup when the next lookup is due
 * @param nextEarlyLookup when the next early lookup may start: one that is not due, for callers without an endpoint
 * @param failures number of lookups in a row that did not deliver all targets
 */
record CacheEntry(
        Optional<Resolution.Found> good,
        Lifetime until,
        Resolution latest,
        long nextLookup,
        long nextEarlyLookup,
        int failures) {

    /** Share of a TTL after its end within which the next lookup starts. */
    private static final double MAX_SPREAD = 0.05;

    /**
     * End of the states of an answer.
     *
     * @param fresh when its TTL ends
     * @param stale when it expires, whatever the lookups until then bring
     */
    record Lifetime(long fresh, long stale) {

        static Lifetime of(long fresh, CachePolicy policy) {
            return new Lifetime(fresh, fresh + policy.maxStaleWhileUnavailable().toNanos());
        }

        /** Once DNS has answered that there are no targets, later failures of DNS do not extend the lifetime. */
        Lifetime absentSince(long now, CachePolicy policy) {
            long end = Math.max(0, now - fresh)
                    + fresh
                    + policy.maxStaleWhileAbsent().toNanos();
            return end - stale < 0 ? new Lifetime(fresh, end) : this;
        }
    }

    /** Returns the entry before the first lookup, which is due at once. */
    static CacheEntry empty(long now) {
        return new CacheEntry(
                Optional.empty(), new Lifetime(now, now), new Resolution.Unavailable("not looked up yet"), now, now, 0);
    }

    /**
     * Returns the entry after a lookup. Only an answer with targets replaces targets: while endpoints work, a name that
     * disappears is treated as a fault of DNS until the limit for stale answers.
     *
     * @param jitter 0 to 1, spreads the next lookups of many clients over the twentieth after the TTL
     */
    CacheEntry after(Resolution resolution, CachePolicy policy, long now, double jitter) {
        return switch (resolution) {
            case Resolution.Found found -> {
                long lifetime = policy.lifetime(found.ttl()).toNanos();
                long pause = found.unanswered()
                        ? Math.min(lifetime, policy.backoff(failures + 1).toNanos())
                        : lifetime;
                yield new CacheEntry(
                        Optional.of(found),
                        Lifetime.of(now + lifetime, policy),
                        found,
                        now + spread(pause, jitter),
                        nextEarlyLookup,
                        found.unanswered() ? failures + 1 : 0);
            }
            case Resolution.Absent absent ->
                failed(absent, until.absentSince(now, policy), policy.negativeLifetime(absent.ttl()), now, jitter)
                        .withPauseWhileCallersWait(policy, now);
            case Resolution.Unavailable unavailable ->
                failed(unavailable, until, policy.backoff(failures + 1), now, jitter)
                        .withPauseWhileCallersWait(policy, now);
        };
    }

    private CacheEntry failed(Resolution outcome, Lifetime lifetime, Duration pause, long now, double jitter) {
        return new CacheEntry(
                good, lifetime, outcome, now + spread(pause.toNanos(), jitter), nextEarlyLookup, failures + 1);
    }

    private CacheEntry withPauseWhileCallersWait(CachePolicy policy, long now) {
        return usable(policy, now).isPresent()
                ? this
                : withNextEarlyLookup(
                        now + CachePolicy.pauseWhileCallersWait(failures).toNanos());
    }

    // After the TTL: before its end, a resolver would answer from its cache, with a TTL that has nearly ended.
    private static long spread(long nanos, double jitter) {
        return nanos + (long) (nanos * jitter * MAX_SPREAD);
    }

    /** Returns the entry after the start of an early lookup. */
    CacheEntry afterEarlyStart(long now) {
        return withNextEarlyLookup(now + CachePolicy.EARLY_LOOKUP_INTERVAL.toNanos());
    }

    private CacheEntry withNextEarlyLookup(long time) {
        return new CacheEntry(good, until, latest, nextLookup, time, failures);
    }

    CacheEntry withNextLookup(long time) {
        return new CacheEntry(good, until, latest, time, nextEarlyLookup, failures);
    }

    /** Returns the targets that may be used now: fresh ones, or stale ones that have not expired. */
    Optional<Resolution.Found> usable(CachePolicy policy, long now) {
        // If no lookup was made for so long after the TTL, a lookup comes first, as long as DNS answers.
        boolean unattended =
                !failed() && now - until.fresh() > policy.maxStaleWhileAbsent().toNanos();
        return good.filter(found -> !unattended && now - until.stale() <= 0);
    }

    /** Returns whether the latest lookup delivered no targets. */
    boolean failed() {
        return failures > 0 && !(latest instanceof Resolution.Found);
    }

    boolean due(long now) {
        return now - nextLookup >= 0;
    }

    boolean earlyLookupAllowed(long now) {
        return now - nextEarlyLookup >= 0;
    }

    /** Returns how long the good answer stays fresh; negative if it is stale. */
    Duration remainingTtl(long now) {
        return Duration.ofNanos(until.fresh() - now);
    }
}

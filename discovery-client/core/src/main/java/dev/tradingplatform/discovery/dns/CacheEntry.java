package dev.tradingplatform.discovery.dns;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known of one service name, and until when. Immutable; each lookup makes the next one. All times are
 * nanoseconds of the same elapsed-time source, so that a step of the wall clock changes nothing.
 *
 * @param good the last answer that had targets
 * @param until for how long it is good
 * @param latest what the latest lookup came to, good or not
 * @param nextLookup when the next one is due
 * @param failures how many lookups in a row did not bring all targets
 */
record CacheEntry(Optional<Resolution.Found> good, Lifetime until, Resolution latest, long nextLookup, int failures) {

    /**
     * The ages of an answer.
     *
     * @param fresh when its ttl ends
     * @param usable when it must no longer be used, whatever DNS has come to by then
     */
    record Lifetime(long fresh, long usable) {

        static Lifetime of(long fresh, CachePolicy policy) {
            return new Lifetime(fresh, fresh + policy.staleWhileUnavailable().toNanos());
        }

        /** Once DNS has said that there is nothing, later failures of DNS prolong nothing. */
        Lifetime absentSince(long now, CachePolicy policy) {
            long end =
                    Math.max(0, now - fresh) + fresh + policy.staleWhileAbsent().toNanos();
            return end - usable < 0 ? new Lifetime(fresh, end) : this;
        }
    }

    /** Before the first lookup. */
    static CacheEntry empty(long now) {
        return new CacheEntry(
                Optional.empty(), new Lifetime(now, now), new Resolution.Unavailable("not looked up yet"), now, 0);
    }

    /**
     * After a lookup. Only an answer with targets replaces targets: a name that vanishes while its endpoints work is
     * DNS's trouble until the stale bound is over.
     *
     * @param jitter 0 to 1, spreads the next lookups of many clients over the last twentieth after the ttl
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
                        found.unanswered() ? failures + 1 : 0);
            }
            case Resolution.Absent absent -> {
                long lifetime = policy.negativeLifetime(absent.ttl()).toNanos();
                yield new CacheEntry(
                        good, until.absentSince(now, policy), absent, now + spread(lifetime, jitter), failures + 1);
            }
            case Resolution.Unavailable unavailable -> {
                long pause = policy.backoff(failures + 1).toNanos();
                yield new CacheEntry(good, until, unavailable, now + spread(pause, jitter), failures + 1);
            }
        };
    }

    /** The targets that may be used now: fresh ones, or stale ones within the bound. */
    Optional<Resolution.Found> usable(CachePolicy policy, long now) {
        // Nobody has asked since the ttl ended. Later than this it is better to ask first, as long as DNS answers.
        boolean forgotten =
                !failed() && now - until.fresh() > policy.staleWhileAbsent().toNanos();
        return good.filter(_ -> !forgotten && now - until.usable() <= 0);
    }

    /** Whether the latest lookup brought no targets. */
    boolean failed() {
        return failures > 0 && !(latest instanceof Resolution.Found);
    }

    /** Whether a lookup is due. */
    boolean due(long now) {
        return now - nextLookup >= 0;
    }

    /** How long the good answer stays fresh; negative by how long it has been stale. */
    Duration ttlLeft(long now) {
        return Duration.ofNanos(until.fresh() - now);
    }

    // On top of the ttl: earlier, a resolver would answer from its own cache, with a ttl that has nearly run out.
    private static long spread(long nanos, double jitter) {
        return nanos + (long) (nanos * jitter / 20);
    }
}

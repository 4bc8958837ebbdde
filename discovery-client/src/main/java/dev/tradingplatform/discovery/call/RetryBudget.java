package dev.tradingplatform.discovery.call;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many attempts beyond the first a service's calls may make together: one for every five calls, and ten a second
 * besides, so that an outage is met with a fifth more load and not with a multiple (as Finagle's RetryBudget). Saved up
 * for at most ten seconds. Safe for concurrent use.
 */
final class RetryBudget {

    private static final long ATTEMPT = 1_000;
    private static final long PER_CALL = ATTEMPT / 5;
    private static final long PER_SECOND = 10 * ATTEMPT;
    private static final long MOST = 100 * ATTEMPT;

    private final LongSupplier nanoTime;
    private final AtomicLong balance = new AtomicLong(MOST);
    private final AtomicLong paidUntil;

    RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.paidUntil = new AtomicLong(nanoTime.getAsLong());
    }

    /** Pays in for a call. */
    void called() {
        payIn(PER_CALL);
    }

    /** Takes one further attempt out, if there is one. */
    boolean spend() {
        payForElapsedTime();
        return balance.getAndUpdate(saved -> saved >= ATTEMPT ? saved - ATTEMPT : saved) >= ATTEMPT;
    }

    private void payForElapsedTime() {
        long now = nanoTime.getAsLong();
        long before = paidUntil.get();
        long due = (long) ((now - before) / 1e9 * PER_SECOND);
        if (due > 0 && paidUntil.compareAndSet(before, now)) {
            payIn(due);
        }
    }

    private void payIn(long amount) {
        if (balance.get() < MOST) {
            balance.updateAndGet(saved -> Math.min(MOST, saved + amount));
        }
    }
}

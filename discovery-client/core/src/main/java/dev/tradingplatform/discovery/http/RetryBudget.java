package dev.tradingplatform.discovery.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Limits how many attempts the calls of one service may make beyond their first ones: a share of the calls, and a few
 * per second so that a service with few calls can retry at all (as Finagle's RetryBudget). An outage is thus met with a
 * little more load and not with a multiple. Safe for concurrent use.
 */
final class RetryBudget {

    private static final long ATTEMPT = 1_000_000;

    private final long perCall;
    private final long perSecond;
    private final long max;
    private final LongSupplier nanoTime;
    private final AtomicLong balance;
    private final AtomicLong creditedUntil;

    /**
     * Starts full.
     *
     * @param share further attempts per call, 0 to 1
     * @param perSecond further attempts per second in addition to the share
     * @param burst how many may be saved up
     */
    RetryBudget(double share, int perSecond, int burst, LongSupplier nanoTime) {
        this.perCall = (long) (ATTEMPT * share);
        this.perSecond = perSecond * ATTEMPT;
        this.max = burst * ATTEMPT;
        this.nanoTime = nanoTime;
        this.balance = new AtomicLong(max);
        this.creditedUntil = new AtomicLong(nanoTime.getAsLong());
    }

    /** Credits one call. */
    void onCall() {
        credit(perCall);
    }

    /** Takes one further attempt out of the budget, and returns whether it held one. */
    boolean spend() {
        creditElapsedTime();
        return balance.getAndUpdate(saved -> saved >= ATTEMPT ? saved - ATTEMPT : saved) >= ATTEMPT;
    }

    /** Returns how many further attempts it holds at this moment. */
    int left() {
        creditElapsedTime();
        return (int) (balance.get() / ATTEMPT);
    }

    private void creditElapsedTime() {
        long now = nanoTime.getAsLong();
        long before = creditedUntil.get();
        long due = (long) ((now - before) / 1e9 * perSecond);
        if (due > 0 && creditedUntil.compareAndSet(before, now)) {
            credit(due);
        }
    }

    private void credit(long amount) {
        if (balance.get() < max) {
            balance.updateAndGet(saved -> Math.min(max, saved + amount));
        }
    }
}

package dev.tradingplatform.discovery.balancer;

import java.time.Duration;

/**
 * How many attempts of the last 20 seconds succeeded and failed, in slots of two seconds. Guarded by the pool's lock.
 * Successes are not counted here: the window is told their total when a slot begins, so that a success, which is by far
 * the most frequent outcome, needs no lock.
 */
final class OutcomeWindow {

    private static final int SLOTS = 10;
    private static final long SLOT_NANOS = Duration.ofSeconds(2).toNanos();

    /** The total of successes when the slot began. */
    private final long[] successesBefore = new long[SLOTS];

    private final int[] failures = new int[SLOTS];
    private final int[] serverErrors = new int[SLOTS];
    private int current;
    private long slotStart;

    OutcomeWindow(long now) {
        slotStart = now;
    }

    /** Returns when {@link #advance} must be called next. */
    long slotEnd() {
        return slotStart + SLOT_NANOS;
    }

    /** Begins the slots that are due. */
    void advance(long now, long successes) {
        long due = Math.floorDiv(now - slotStart, SLOT_NANOS);
        for (long begun = Math.max(0, due - SLOTS); begun < due; begun++) {
            current = (current + 1) % SLOTS;
            successesBefore[current] = successes;
            failures[current] = 0;
            serverErrors[current] = 0;
        }
        if (due > 0) {
            slotStart += due * SLOT_NANOS;
        }
    }

    void fail(FailureKind kind) {
        failures[current]++;
        if (kind == FailureKind.SERVER_ERROR) {
            serverErrors[current]++;
        }
    }

    /** Forgets all outcomes. */
    void clear(long now, long successes) {
        advance(now + SLOTS * SLOT_NANOS, successes);
        slotStart = now;
    }

    /** Returns the number of attempts that succeeded or failed. */
    long outcomes(long successes) {
        return successes - successesBefore[(current + 1) % SLOTS] + failures();
    }

    int failures() {
        return sum(failures);
    }

    int serverErrors() {
        return sum(serverErrors);
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }
}

package dev.tradingplatform.discovery.balancer;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * Outlier detection for one endpoint: whether it accepts calls, as far as the results of its attempts and probes tell.
 * With two to four endpoints a failure rate over a hundred calls comes too late, so most kinds of failure decide by
 * themselves; the rate is the last resort. All times are nanoseconds of elapsed time. Guarded by the pool's lock.
 *
 * <pre>
 *                failure that ejects                ejection time over, pick
 *   ACCEPTING ------------------------> EJECTED --------------------------------> TRIAL
 *       ^   success begun after the ejection |  ^          failure of the trial     |
 *       |   connection probe, if UNREACHABLE |  +-----------------------------------+
 *       +------------------------------------+--------------- success --------------+
 * </pre>
 */
final class EndpointHealth {

    private static final int MIN_OUTCOMES = 10;
    private static final int MAX_FAILURE_PERCENT = 50;
    private static final int GATEWAY_STATUSES_IN_A_ROW = 3;
    private static final int OUTPACED_IN_A_ROW = 3;
    private static final int CONNECTION_FAILURES_IN_A_ROW = 2;
    private static final int MIN_SERVER_ERRORS_IN_A_ROW = 3;

    /**
     * Server errors in a row eject if they come by chance less often than this at the rate of the other endpoints: a
     * request that no endpoint can serve must not eject the endpoints that happen to receive it.
     */
    private static final double MAX_CHANCE = 1e-6;

    private static final long FIRST_EJECTION_MILLIS = 5_000;
    private static final long MAX_EJECTION_MILLIS = 60_000;
    private static final int MAX_EJECTION_DOUBLINGS = 4;
    private static final double EJECTION_JITTER = 0.2;

    /** A trial that fails costs a call that cannot be repeated, and no other call. So such a call waits this long. */
    private static final long UNREPEATABLE_TRIAL_NANOS = Duration.ofSeconds(5).toNanos();

    /** After a failure that does not eject, other endpoints are preferred for this long, or until a success. */
    static final long SUSPICION_NANOS = Duration.ofSeconds(1).toNanos();

    /** A trial call without a result for this long was lost, or is a long download: another call may try. */
    private static final long MAX_TRIAL_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long FIRST_PROBE_PAUSE_NANOS = Duration.ofMillis(200).toNanos();
    private static final long MAX_PROBE_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private enum Phase {
        /** Accepts calls. */
        ACCEPTING,
        /** Accepts no call, or after the ejection time a trial call. */
        EJECTED,
        /** A trial call is in flight. */
        TRIAL
    }

    private final RandomGenerator random;
    private final OutcomeWindow window;
    private Phase phase = Phase.ACCEPTING;
    private FailureKind lastFailure = FailureKind.UNREACHABLE;

    private int failuresInARow;
    private int serverErrorsInARow;

    /** Pooled connections that broke in the same moment count once. A response or a connection resets this. */
    private int connectionFailuresInARow;

    private int outpacedInARow;
    private long firstOutpacedBegin;

    private long suspectUntil;
    private long brokenAt;

    private int ejections;
    private long ejectedAt;
    private long ejectedUntil;

    /** Whether a connection succeeded since the ejection time ended, so that any call may be the trial. */
    private boolean connectionProven;

    private long trialBegin;

    private boolean probeWanted;
    private long probeDue;
    private int probesFailed;

    EndpointHealth(long now, RandomGenerator random) {
        this.random = random;
        this.window = new OutcomeWindow(now);
        suspectUntil = now;
        ejectedAt = now;
        brokenAt = now - 1;
    }

    boolean acceptsCalls() {
        return phase == Phase.ACCEPTING;
    }

    /** Returns whether other endpoints are preferred though this one accepts calls. */
    boolean suspect(long now) {
        return now - suspectUntil < 0;
    }

    /** Returns when it stops to be {@link #suspect} without a success. */
    long suspectUntil() {
        return suspectUntil;
    }

    /** Returns whether the next success changes nothing, so that it needs no lock. */
    boolean clean() {
        return phase == Phase.ACCEPTING && failuresInARow == 0 && outpacedInARow == 0 && !probeWanted;
    }

    /** Returns whether it is ejected because no call reaches the service that is meant there. */
    boolean outOfReach() {
        return phase != Phase.ACCEPTING && lastFailureOutOfReach();
    }

    /** Returns whether its latest attempt did not reach the service, ejected or not. */
    boolean missed() {
        return failuresInARow > 0 && lastFailureOutOfReach();
    }

    private boolean lastFailureOutOfReach() {
        return lastFailure == FailureKind.UNREACHABLE || lastFailure == FailureKind.FOREIGN;
    }

    long ejectedAt() {
        return ejectedAt;
    }

    /** Returns why it is suspect or ejected, as a phrase. */
    String reason() {
        String description = lastFailure.description();
        return failuresInARow > 1 ? description + ", " + failuresInARow + " times in a row" : description;
    }

    /** Returns when {@link #advanceWindow} must be called next, before the next outcome counts. */
    long windowEnd() {
        return window.slotEnd();
    }

    void advanceWindow(long now, long successes) {
        window.advance(now, successes);
    }

    long outcomes(long successes) {
        return window.outcomes(successes);
    }

    int serverErrors() {
        return window.serverErrors();
    }

    /** An attempt succeeded. In an ejected endpoint, an attempt that began before the ejection proves nothing. */
    void succeeded(long begin, long now, long successes) {
        if (phase != Phase.ACCEPTING && begin - ejectedAt <= 0) {
            return;
        }
        if (phase != Phase.ACCEPTING) {
            readmit(now, successes);
        }
        forgetFailures(now);
        if (begin - firstOutpacedBegin > 0) {
            outpacedInARow = 0;
        }
    }

    /** Readmits an endpoint that was ejected as {@link FailureKind#FOREIGN}. */
    void forgetForeign(long now, long successes) {
        if (foreign()) {
            readmit(now, successes);
        }
    }

    private void readmit(long now, long successes) {
        phase = Phase.ACCEPTING;
        ejections = 0;
        outpacedInARow = 0;
        window.clear(now, successes);
        forgetFailures(now);
    }

    private void forgetFailures(long now) {
        failuresInARow = 0;
        serverErrorsInARow = 0;
        connectionFailuresInARow = 0;
        suspectUntil = now;
        probeWanted = false;
    }

    /**
     * An attempt failed.
     *
     * @param lastSuccess when the latest success was observed
     * @param successes total of the endpoint
     * @param othersErrorRate share of server errors among the outcomes of the other endpoints, 0 to 1; 1 if there are
     *     none to compare with
     */
    void failed(
            FailureKind kind, long begin, long now, long lastSuccess, long successes, DoubleSupplier othersErrorRate) {
        if (saysNothingNew(kind, begin)) {
            return;
        }
        failuresInARow++;
        lastFailure = kind;
        suspectUntil = now + SUSPICION_NANOS;
        window.advance(now, successes);
        if (kind != FailureKind.STALE_CONNECTION) {
            window.fail(kind);
        }
        countConnectionFailure(kind, now);
        if (kind == FailureKind.SERVER_ERROR) {
            serverErrorsInARow++;
        }
        switch (phase) {
            case ACCEPTING -> {
                if (ejects(kind, begin, lastSuccess, othersErrorRate) || failsTooOften(kind, successes)) {
                    eject(now);
                }
            }
            case TRIAL -> {
                if (begin - trialBegin >= 0) {
                    eject(now);
                }
            }
            case EJECTED -> {}
        }
    }

    /**
     * What began before the latest ejection fails for the same cause, also if the endpoint is back by now. Pooled
     * connections break together. An address that belongs to another service still does if a connection to it fails.
     */
    private boolean saysNothingNew(FailureKind kind, long begin) {
        return begin - ejectedAt < 0
                || (kind == FailureKind.STALE_CONNECTION && begin - brokenAt <= 0)
                || (foreign() && !kind.sent());
    }

    private boolean foreign() {
        return phase != Phase.ACCEPTING && lastFailure == FailureKind.FOREIGN;
    }

    private void countConnectionFailure(FailureKind kind, long now) {
        if (kind == FailureKind.UNREACHABLE || kind == FailureKind.STALE_CONNECTION) {
            if (connectionFailuresInARow == 0) {
                brokenAt = now;
                probesFailed = 0;
                wantProbe(now);
            }
            connectionFailuresInARow++;
        } else {
            connectionFailuresInARow = 0;
        }
    }

    private boolean ejects(FailureKind kind, long begin, long lastSuccess, DoubleSupplier othersErrorRate) {
        return switch (kind) {
            case BROKEN, FOREIGN -> true;
            case UNREACHABLE -> connectionFailuresInARow >= CONNECTION_FAILURES_IN_A_ROW;
            case STALE_CONNECTION -> false;
            case TIMED_OUT -> lastSuccess - begin < 0;
            case GATEWAY_STATUS -> failuresInARow >= GATEWAY_STATUSES_IN_A_ROW;
            case SERVER_ERROR ->
                serverErrorsInARow >= MIN_SERVER_ERRORS_IN_A_ROW
                        && Math.pow(othersErrorRate.getAsDouble(), serverErrorsInARow) < MAX_CHANCE;
        };
    }

    private boolean failsTooOften(FailureKind kind, long successes) {
        long outcomes = window.outcomes(successes);
        return kind != FailureKind.STALE_CONNECTION
                && outcomes >= MIN_OUTCOMES
                && window.failures() * 100L >= MAX_FAILURE_PERCENT * outcomes;
    }

    private void eject(long now) {
        phase = Phase.EJECTED;
        ejections++;
        ejectedAt = now;
        ejectedUntil = now + ejectionNanos();
        connectionProven = false;
        outpacedInARow = 0;
        if (lastFailure != FailureKind.UNREACHABLE) {
            probeDue = ejectedUntil;
            // A connection to another service's endpoint proves nothing.
            probeWanted = lastFailure != FailureKind.FOREIGN;
        }
    }

    private long ejectionNanos() {
        long doubled = FIRST_EJECTION_MILLIS << Math.min(ejections - 1, MAX_EJECTION_DOUBLINGS);
        double jitter = 1 + EJECTION_JITTER * (2 * random.nextDouble() - 1);
        return Duration.ofMillis((long) (Math.min(doubled, MAX_EJECTION_MILLIS) * jitter))
                .toNanos();
    }

    /**
     * Another endpoint answered while the attempt was still without a response.
     *
     * @return whether this has happened so often in a row that it counts as {@link FailureKind#TIMED_OUT}
     */
    boolean outpaced(long begin) {
        if (begin - ejectedAt < 0) {
            return false;
        }
        if (outpacedInARow == 0) {
            firstOutpacedBegin = begin;
        }
        outpacedInARow++;
        if (outpacedInARow < OUTPACED_IN_A_ROW) {
            abandoned(begin);
            return false;
        }
        outpacedInARow = 0;
        return true;
    }

    /** An attempt ended without a result. If it was the trial, another call may make it. */
    void abandoned(long begin) {
        if (phase == Phase.TRIAL && begin - trialBegin >= 0) {
            phase = Phase.EJECTED;
        }
    }

    /**
     * Returns whether a call may be the trial now. One that cannot be repeated may only after a probe, and if no other
     * call has come for a while. Unreachable endpoints have no trial: a connection readmits them, and without one the
     * call would be delayed for nothing.
     */
    boolean offersTrial(boolean repeatable, long now) {
        boolean free = switch (phase) {
            case ACCEPTING -> false;
            case EJECTED -> now - ejectedUntil >= (repeatable ? 0 : UNREPEATABLE_TRIAL_NANOS);
            case TRIAL -> now - trialBegin >= MAX_TRIAL_NANOS;
        };
        return free && lastFailure != FailureKind.UNREACHABLE && (repeatable || connectionProven);
    }

    void beginTrial(long now) {
        phase = Phase.TRIAL;
        trialBegin = now;
    }

    /** Returns when {@link #offersTrial} may change though nothing happens; empty if it does not. */
    OptionalLong nextTrial(long now) {
        return switch (phase) {
            case ACCEPTING -> OptionalLong.empty();
            case EJECTED -> {
                long next = now - ejectedUntil < 0 ? ejectedUntil : ejectedUntil + UNREPEATABLE_TRIAL_NANOS;
                yield now - next < 0 ? OptionalLong.of(next) : OptionalLong.empty();
            }
            case TRIAL -> OptionalLong.of(trialBegin + MAX_TRIAL_NANOS);
        };
    }

    /** Returns when a probe is due; empty if none is wanted. */
    OptionalLong probeDue() {
        return probeWanted ? OptionalLong.of(probeDue) : OptionalLong.empty();
    }

    private void wantProbe(long due) {
        probeDue = due;
        probeWanted = true;
    }

    /** A probe starts. If its result gets lost, another one is due after a second. */
    void probeStarted(long now) {
        probeDue = now + MAX_PROBE_PAUSE_NANOS;
    }

    private long probePause() {
        return Math.min(FIRST_PROBE_PAUSE_NANOS << Math.min(probesFailed, 8), MAX_PROBE_PAUSE_NANOS);
    }

    /** A connection succeeded. */
    void probeSucceeded(long now, long successes) {
        probesFailed = 0;
        if (phase == Phase.ACCEPTING) {
            probeWanted = false;
            if (connectionFailuresInARow > 0) {
                forgetFailures(now);
            }
        } else if (lastFailure == FailureKind.UNREACHABLE) {
            readmit(now, successes);
        } else {
            // If a connection fails now, it is the first one again, and asks for a probe.
            connectionFailuresInARow = 0;
            if (now - ejectedUntil >= 0) {
                connectionProven = true;
                probeWanted = false;
            }
        }
    }

    /** No connection. For an endpoint whose latest connection failed as well, this is the second failure. */
    void probeFailed(long now) {
        if (foreign() || (phase == Phase.ACCEPTING && connectionFailuresInARow == 0)) {
            // In the second case, the endpoint responded to a call meanwhile.
            probeWanted = false;
            return;
        }
        failuresInARow++;
        connectionFailuresInARow++;
        lastFailure = FailureKind.UNREACHABLE;
        connectionProven = false;
        if (phase == Phase.ACCEPTING) {
            eject(now);
        }
        wantProbe(now + probePause());
        probesFailed++;
    }
}

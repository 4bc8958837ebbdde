package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.dns.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A hedged attempt: a second one that starts while the first one is slow (Dean and Barroso, "The Tail at Scale"). The
 * first one runs on the caller's thread, so that an ordinary call costs no hand-over and thread-local state of the
 * application stays valid; only the second one runs on another thread. The first response is used, and the other
 * attempt is ended.
 */
final class Hedge implements Race, AutoCloseable {

    /** The second attempt, and those that follow it at other endpoints while the first one is in flight. */
    interface Second {

        /** Returns the attempt that runs, or ran last. */
        Attempt attempt();

        /** Runs to the end, on the thread of the caller of this method, and returns the last result. */
        AttemptResult run();
    }

    private final Duration after;
    private final Function<Race, Optional<Second>> start;
    private final Executor executor;
    private final Wait wait;
    private final AtomicReference<@Nullable Attempt> winner = new AtomicReference<>();
    private volatile @Nullable Attempt first;

    /**
     * Guards the fields below: the caller and the check of deadlines may ask for the second attempt at the same time.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean ended;
    private @Nullable Second second;
    private @Nullable CompletableFuture<AttemptResult> secondResult;
    private boolean secondTaken;

    /**
     * Starts nothing.
     *
     * @param after how long the first attempt may take before the second one starts
     * @param start picks an endpoint for the second attempt; empty if there is none or the budget is spent
     * @param executor runs the second attempt
     * @param wait how the caller waits for the second attempt
     */
    Hedge(Duration after, Function<Race, Optional<Second>> start, Executor executor, Wait wait) {
        this.wait = wait;
        this.after = after;
        this.start = start;
        this.executor = executor;
    }

    /** Sets the attempt that runs on the caller's thread. */
    void first(Attempt attempt) {
        first = attempt;
    }

    @Override
    public Duration hedgeAfter() {
        return after;
    }

    @Override
    public boolean onSlow() {
        lock.lock();
        try {
            if (!ended && second == null) {
                start.apply(new SecondsView()).ifPresent(attempt -> {
                    second = attempt;
                    CompletableFuture<AttemptResult> result = new CompletableFuture<>();
                    secondResult = result;
                    executor.execute(() -> complete(result, attempt));
                });
            }
            return ended || second != null;
        } finally {
            lock.unlock();
        }
    }

    private static void complete(CompletableFuture<AttemptResult> result, Second attempt) {
        try {
            result.complete(attempt.run());
        } catch (RuntimeException | Error failure) {
            result.completeExceptionally(failure);
        }
    }

    @Override
    public boolean claim(Attempt candidate) {
        return winner.compareAndSet(null, candidate);
    }

    @Override
    public boolean hedged() {
        return false;
    }

    /** The race as the second attempt sees it: it ends the first one when it has responded. */
    private final class SecondsView implements Race {

        @Override
        public Duration hedgeAfter() {
            return Duration.ZERO;
        }

        @Override
        public boolean onSlow() {
            return true;
        }

        @Override
        public boolean claim(Attempt candidate) {
            boolean won = winner.compareAndSet(null, candidate);
            Attempt slow = first;
            if (won && slow != null) {
                slow.abort(true);
            }
            return won;
        }

        @Override
        public boolean hedged() {
            return true;
        }
    }

    /** Returns the second attempt, if there is one. */
    Optional<Attempt> second() {
        return Optional.ofNullable(second).map(Second::attempt);
    }

    /**
     * Waits for the second attempt, if there is one and the first one brought no response.
     *
     * @param firstResult of the attempt on the caller's thread
     * @param timeout how long to wait at most
     * @return the second attempt's result; empty if it was not started, or did not end in time
     */
    Optional<AttemptResult> await(AttemptResult firstResult, Duration timeout) throws InterruptedException {
        CompletableFuture<AttemptResult> result = end();
        if (result == null || firstResult instanceof AttemptResult.Responded) {
            return Optional.empty();
        }
        wait.await(result, timeout.toNanos());
        if (!result.isDone()) {
            return Optional.empty();
        }
        try {
            AttemptResult second = result.join();
            secondTaken = true;
            return Optional.of(second);
        } catch (CompletionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    // The first attempt has ended: from now on there is no reason to start a hedged one.
    private @Nullable CompletableFuture<AttemptResult> end() {
        lock.lock();
        try {
            ended = true;
            return secondResult;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the second attempt, unless its result was taken: nothing waits for it, also if it has responded. */
    @Override
    public void close() {
        CompletableFuture<AttemptResult> result = end();
        Second attempt = second;
        if (result == null || attempt == null || secondTaken) {
            return;
        }
        attempt.attempt().abort(false);
        var unused = result.thenAccept(Hedge::discard);
    }

    private static void discard(AttemptResult result) {
        if (result instanceof AttemptResult.Responded responded) {
            try {
                responded.response().close();
            } catch (IOException ofAnAbortedConnection) {
                // The connection is closed already.
            }
        }
    }
}

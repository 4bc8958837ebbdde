package dev.tradingplatform.discovery.dns;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the resolution of one service name. Once there are targets nobody ever waits for DNS again: a lookup that is
 * due runs beside the calls, which use what is there. At most one lookup is under way, whoever asks. Safe for
 * concurrent use.
 */
public final class CachedResolution {

    private static final Logger LOG = LoggerFactory.getLogger(CachedResolution.class);

    private final Supplier<Resolution> lookup;
    private final Supplier<String> question;
    private final CachePolicy policy;
    private final Surroundings surroundings;
    private final Consumer<Resolution> listener;
    private final AtomicReference<CacheEntry> entry;
    /** Used by the lookup under way alone. */
    private final AnswerHistory history = new AnswerHistory();

    private final AtomicReference<@Nullable CompletableFuture<CacheEntry>> underWay = new AtomicReference<>();

    /**
     * Knows nothing yet and asks nothing before it is asked.
     *
     * @param lookup asks DNS and waits
     * @param question what that asks and whom, in plain words
     * @param listener hears of each outcome, on the thread of the lookup, before any caller sees it
     */
    public CachedResolution(
            Supplier<Resolution> lookup,
            Supplier<String> question,
            CachePolicy policy,
            Surroundings surroundings,
            Consumer<Resolution> listener) {
        this.lookup = lookup;
        this.question = question;
        this.policy = policy;
        this.surroundings = surroundings;
        this.listener = listener;
        this.entry =
                new AtomicReference<>(CacheEntry.empty(surroundings.nanoTime().getAsLong()));
    }

    /**
     * The resolution to use now: the last targets while they are fresh or stale within the bound, otherwise what the
     * latest lookup came to. Waits only while there are no usable targets and a lookup is due or under way.
     *
     * @param patience how long to wait at most; the lookup goes on without the caller
     * @throws InterruptedException if the caller is interrupted while it waits; the lookup is not, others share it
     */
    public Resolution get(Duration patience) throws InterruptedException {
        refreshIfDue();
        // In this order: a lookup that ends in between is then seen in the entry.
        CompletableFuture<CacheEntry> awaited = underWay.get();
        CacheEntry known = entry.get();
        if (usable(known).isEmpty() && awaited != null) {
            try {
                known = awaited.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                return unanswered(patience, known);
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        Resolution latest = known.latest();
        return usable(known).<Resolution>map(found -> found).orElse(latest);
    }

    private Resolution unanswered(Duration patience, CacheEntry known) {
        String before =
                known.failures() > 0 ? "; the time before: " + known.latest().problem() : "";
        return new Resolution.Unavailable(
                "no usable answer within " + patience.toMillis() + " ms to " + question.get() + before);
    }

    /** The targets that may be used now, if there are any. Starts a lookup that is due, and does not wait for it. */
    public Optional<Resolution.Found> usable() {
        refreshIfDue();
        return usable(entry.get());
    }

    /** Starts a lookup if one is due and none is under way. Does not wait. */
    public void refreshIfDue() {
        if (entry.get().due(surroundings.nanoTime().getAsLong())) {
            refresh();
        }
    }

    private void refresh() {
        CompletableFuture<CacheEntry> mine = new CompletableFuture<>();
        if (!underWay.compareAndSet(null, mine)) {
            return;
        }
        if (!entry.get().due(surroundings.nanoTime().getAsLong())) {
            // Another thread's lookup ended between the question and the claim.
            underWay.set(null);
            mine.complete(entry.get());
            return;
        }
        try {
            surroundings.executor().execute(() -> end(mine, lookUpOrSayWhyNot()));
        } catch (RuntimeException | Error noThread) {
            end(mine, new Resolution.Unavailable("the lookup could not be started: " + noThread));
        }
    }

    // Whatever happens here, the lookup ends with a time for the next one: otherwise this name would never be asked for
    // again, and those who wait would wait in vain.
    private void end(CompletableFuture<CacheEntry> mine, Resolution outcome) {
        Resolution resolution = history.remarked(outcome);
        CacheEntry next = entry.get()
                .after(
                        resolution,
                        policy,
                        surroundings.nanoTime().getAsLong(),
                        surroundings.random().nextDouble());
        try {
            listener.accept(resolution);
        } catch (RuntimeException | Error deaf) {
            LOG.warn("The listener failed on {}", resolution, deaf);
        } finally {
            entry.set(next);
            underWay.set(null);
            mine.complete(next);
        }
    }

    private Resolution lookUpOrSayWhyNot() {
        try {
            return lookup.get();
        } catch (RuntimeException | Error fault) {
            return new Resolution.Unavailable("the lookup failed: " + fault);
        }
    }

    private Optional<Resolution.Found> usable(CacheEntry known) {
        return known.usable(policy, surroundings.nanoTime().getAsLong());
    }

    /** Whether the latest lookup failed and the targets in use, if there are any, have outlived their ttl. */
    public boolean stale() {
        return entry.get().failed() && ttlLeft().isNegative();
    }

    /** How long the targets in use stay fresh; negative by how long they have been stale. */
    public Duration ttlLeft() {
        return entry.get().ttlLeft(surroundings.nanoTime().getAsLong());
    }

    /** What went wrong in the latest lookup, or what it is worth saying about it; empty for nothing. */
    public String problem() {
        return entry.get().latest().problem();
    }
}

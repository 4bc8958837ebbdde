package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.Fault;
import dev.tradingplatform.discovery.balance.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Makes single attempts, or hedged ones: a second beside a first that takes long. Safe for concurrent use. */
final class Trying {

    private final HttpExchange exchange;
    private final Duration hedgeAfter;
    private final LongSupplier nanoTime;

    /** @param hedgeAfter how long a first attempt may take before a second one joins it; zero for never */
    Trying(HttpExchange exchange, Duration hedgeAfter, LongSupplier nanoTime) {
        this.exchange = exchange;
        this.hedgeAfter = hedgeAfter;
        this.nanoTime = nanoTime;
    }

    /** @param deadline when the attempt must be over, in nanoseconds of elapsed time */
    Tried once(Service service, Lease lease, ServiceRequest request, long deadline) throws InterruptedException {
        long begun = nanoTime.getAsLong();
        try (lease) {
            Exchanged exchanged = exchange.send(service.connections(), lease.endpoint(), request, deadline);
            Duration took = Duration.ofNanos(nanoTime.getAsLong() - begun);
            Tried tried = new Tried(
                    lease.endpoint(), exchanged, Judge.faultOf(exchanged, service.name(), lease.aliases()), took);
            service.listener().attempted(service.name(), lease.endpoint(), tried.label());
            if (!cutShort(tried, service.policy())) {
                judge(lease, tried);
            }
            return tried;
        }
    }

    private static void judge(Lease lease, Tried tried) {
        if (tried.fault().isPresent()) {
            Fault fault = tried.fault().get();
            tried.retryAfter().ifPresentOrElse(pause -> lease.failedAndPauses(fault, pause), () -> lease.failed(fault));
        } else if (tried.exchanged() instanceof Exchanged.Answered(ServiceResponse answer)) {
            if (answer.headers().containsKey(DiscoveryHeaders.DRAINING)) {
                lease.succeededAndDrains();
            } else {
                lease.succeeded();
            }
        }
    }

    // A call that spent its time elsewhere leaves this endpoint less than it may need, which is no fault of its own.
    private static boolean cutShort(Tried tried, CallPolicy policy) {
        return tried.fault().equals(Optional.of(Fault.TIMED_OUT))
                && tried.took().compareTo(policy.enough()) < 0;
    }

    /** Whether attempts at this request may be hedged: it must be safe as well as idempotent (RFC 9110 §9.2.1). */
    boolean hedges(ServiceRequest request) {
        return !hedgeAfter.isZero() && request.method().equals("GET");
    }

    /**
     * Makes an attempt, and another one beside it if there is no answer for a while; beside the one that is left,
     * another one again when one of the two fails. What is under way when the matter is settled, or the caller
     * interrupted, runs to its end in the background, and its endpoint is judged by it all the same.
     *
     * @param once makes one attempt with a lease, on the calling thread
     * @param another claims an endpoint for a further attempt, if it may be made
     * @return those that ended, in order: only the last may have settled the matter
     */
    List<Tried> hedged(Lease first, Function<Lease, Tried> once, Supplier<Optional<Lease>> another)
            throws InterruptedException {
        List<Tried> ended = new ArrayList<>(2);
        List<CompletableFuture<Tried>> underWay = new ArrayList<>(2);
        underWay.add(beside(first, once));
        try {
            boolean late = isLate(underWay.getFirst());
            while (!underWay.isEmpty() && (ended.isEmpty() || !ended.getLast().settled())) {
                if (late) {
                    another.get().ifPresent(lease -> underWay.add(beside(lease, once)));
                }
                ended.add(firstToEnd(underWay));
            }
            return ended;
        } catch (InterruptedException interrupted) {
            ended.forEach(Tried::discard);
            throw interrupted;
        } finally {
            for (CompletableFuture<Tried> left : underWay) {
                var _ = left.thenAccept(Tried::discard);
            }
        }
    }

    private static CompletableFuture<Tried> beside(Lease lease, Function<Lease, Tried> once) {
        return CompletableFuture.supplyAsync(
                () -> once.apply(lease),
                task -> Thread.ofVirtual().name("discovery-hedge").start(task));
    }

    private boolean isLate(CompletableFuture<Tried> attempt) throws InterruptedException {
        try {
            attempt.get(hedgeAfter.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        } catch (TimeoutException late) {
            return true;
        } catch (ExecutionException broken) {
            return false;
        }
    }

    private static Tried firstToEnd(List<CompletableFuture<Tried>> underWay) throws InterruptedException {
        try {
            CompletableFuture.anyOf(underWay.toArray(CompletableFuture[]::new)).get();
            int done = 0;
            while (!underWay.get(done).isDone()) {
                done++;
            }
            return underWay.remove(done).get();
        } catch (ExecutionException broken) {
            throw broken.getCause() instanceof RuntimeException own
                    ? own
                    : new IllegalStateException(broken.getCause());
        }
    }
}

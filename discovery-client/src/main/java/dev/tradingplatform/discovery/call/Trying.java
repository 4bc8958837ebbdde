package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.Fault;
import dev.tradingplatform.discovery.balance.Lease;
import java.time.Duration;
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
            Exchanged exchanged = exchange.send(lease.endpoint(), request, deadline);
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
     * Makes an attempt, and another one if there is no answer for a while; gives what settles the matter first. The
     * other one runs to its end in the background, and its endpoint is judged by it all the same.
     *
     * @param once makes one attempt with a lease, on the calling thread
     * @param another claims an endpoint for the second attempt, if it may be made
     */
    Tried hedged(Lease first, Function<Lease, Tried> once, Supplier<Optional<Lease>> another)
            throws InterruptedException {
        CompletableFuture<Tried> one = beside(first, once);
        try {
            return one.get(hedgeAfter.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            Optional<Lease> second = another.get();
            return second.isEmpty() ? join(one) : faster(one, beside(second.get(), once));
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        }
    }

    private static CompletableFuture<Tried> beside(Lease lease, Function<Lease, Tried> once) {
        return CompletableFuture.supplyAsync(
                () -> once.apply(lease),
                task -> Thread.ofVirtual().name("discovery-hedge").start(task));
    }

    private static Tried faster(CompletableFuture<Tried> one, CompletableFuture<Tried> other)
            throws InterruptedException {
        Tried first = join(one.applyToEither(other, tried -> tried));
        boolean oneWasFirst =
                one.isDone() && !one.isCompletedExceptionally() && one.join().equals(first);
        CompletableFuture<Tried> later = oneWasFirst ? other : one;
        if (first.settled()) {
            var _ = later.thenAccept(Tried::discard);
            return first;
        }
        first.discard();
        return join(later);
    }

    private static Tried join(CompletableFuture<Tried> attempt) throws InterruptedException {
        try {
            return attempt.get();
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        }
    }
}

package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.Fault;
import dev.tradingplatform.discovery.balance.Lease;
import dev.tradingplatform.discovery.endpoint.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: pick an endpoint, attempt, judge, and be done or fail over. What was never sent goes to another
 * endpoint whatever it is; what may have been executed only if doing it twice is the same as doing it once (RFC 9110
 * §9.2.2). To be used once, by one thread.
 */
final class Call {

    private final Service service;
    private final ServiceRequest request;
    private final HttpExchange exchange;
    private final CallPolicy policy;
    private final LongSupplier nanoTime;
    private final long begun;
    private final long deadline;
    private final List<Endpoint> tried = new ArrayList<>(4);
    private final List<Attempt> attempts = new ArrayList<>(4);
    private int sent;
    private @Nullable ServiceResponse lastAnswer;

    Call(Service service, ServiceRequest request, HttpExchange exchange, CallPolicy policy, LongSupplier nanoTime) {
        this.service = service;
        this.request = request;
        this.exchange = exchange;
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.deadline = begun + policy.deadline().toNanos();
    }

    /** Goes on until there is an answer to give or nothing more to try, and tells what it came to. */
    ServiceResponse run() throws InterruptedException {
        String outcome = "interrupted";
        try {
            ServiceResponse answer = answer();
            outcome = answer.status() < 500 ? "success" : "error";
            return answer;
        } catch (ServiceCallException failure) {
            outcome = failure.outcome();
            throw failure;
        } finally {
            service.listener().called(service.name(), outcome, Duration.ofNanos(nanoTime.getAsLong() - begun));
        }
    }

    private ServiceResponse answer() throws InterruptedException {
        service.budget().called();
        service.awaitEndpoints(deadline);
        Optional<Lease> lease = pick();
        while (lease.isPresent()) {
            long attemptBegun = nanoTime.getAsLong();
            switch (exchange.send(lease.get().endpoint(), request, attemptDeadline(attemptBegun))) {
                case Exchanged.Answered(ServiceResponse answer) -> {
                    Optional<Fault> fault = Judge.faultOf(answer, service.name());
                    tell(lease.get(), fault);
                    end(lease.get(), fault, answer);
                    keep(answer, fault);
                    if (fault.isEmpty()
                            || !Judge.anotherMayHelp(fault.get())
                            || !mayRepeat(fault.get().reached())) {
                        return lastAnswerOrFail("and no retry is left");
                    }
                    note(lease.get(), Judge.words(answer), attemptBegun);
                }
                case Exchanged.Failed(Fault fault, boolean wasSent, String why) -> {
                    tell(lease.get(), Optional.of(fault));
                    lease.get().failed(fault);
                    note(lease.get(), why, attemptBegun);
                    tryAgainOnFreshConnection(fault);
                    if (!mayRepeat(wasSent)) {
                        return lastAnswerOrFail(wasSent ? "and it may have been executed" : "and no retry is left");
                    }
                }
                case Exchanged.NoConnectionFree(Duration _) -> {
                    lease.get().abandoned();
                    note(lease.get(), "had no connection free", attemptBegun);
                }
            }
            lease = pick();
        }
        return lastAnswerOrFail("and no other endpoint is left");
    }

    private Optional<Lease> pick() {
        return nanoTime.getAsLong() - deadline < 0
                ? service.pool().pick(tried, request.repeatable())
                : Optional.empty();
    }

    private long attemptDeadline(long begun) {
        long timeout = begun + policy.attemptTimeout().toNanos();
        return request.repeatable() && timeout - deadline < 0 ? timeout : deadline;
    }

    private boolean mayRepeat(boolean wasSent) {
        if (wasSent) {
            sent++;
        }
        return (!wasSent || request.repeatable())
                && sent < policy.mostAttempts()
                && service.budget().spend();
    }

    /** A kept connection that broke says little about its endpoint, which may be the only one there is. */
    private void tryAgainOnFreshConnection(Fault fault) {
        if (fault == Fault.STALE_CONNECTION) {
            tried.removeLast();
        }
    }

    private static void end(Lease lease, Optional<Fault> fault, ServiceResponse answer) {
        if (fault.isPresent()) {
            lease.failed(fault.get());
        } else if (answer.headers().containsKey(DiscoveryHeaders.DRAINING)) {
            lease.succeededAndDrains();
        } else {
            lease.succeeded();
        }
    }

    private void note(Lease lease, String outcome, long begun) {
        tried.add(lease.endpoint());
        attempts.add(new Attempt(lease.endpoint(), outcome, Duration.ofNanos(nanoTime.getAsLong() - begun)));
    }

    private void tell(Lease lease, Optional<Fault> fault) {
        String outcome = fault.map(Fault::label).orElse("success");
        service.listener().attempted(service.name(), lease.endpoint(), outcome);
    }

    private void keep(ServiceResponse answer, Optional<Fault> fault) {
        if (lastAnswer != null) {
            lastAnswer.close();
            lastAnswer = null;
        }
        if (fault.equals(Optional.of(Fault.FOREIGN))) {
            answer.close();
        } else {
            lastAnswer = answer;
        }
    }

    private ServiceResponse lastAnswerOrFail(String whyNoMore) {
        if (lastAnswer != null) {
            return lastAnswer;
        }
        if (nanoTime.getAsLong() - deadline >= 0) {
            throw new ServiceCallException.DeadlineExceeded(service.name(), attempts, policy.deadline());
        }
        throw new ServiceCallException.AttemptsExhausted(service.name(), attempts, whyNoMore);
    }
}

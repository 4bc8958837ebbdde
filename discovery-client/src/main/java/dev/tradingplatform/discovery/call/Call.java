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
    private final Trying trying;
    private final CallPolicy policy;
    private final LongSupplier nanoTime;
    private final long begun;
    private final long deadline;
    private final List<Endpoint> tried = new ArrayList<>(4);
    private final List<Attempt> attempts = new ArrayList<>(4);
    private int reached;
    private @Nullable ServiceResponse lastAnswer;

    Call(Service service, ServiceRequest request, Trying trying, LongSupplier nanoTime) {
        this.service = service;
        this.request = request;
        this.trying = trying;
        this.policy = service.policy();
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.deadline = InheritedDeadline.earlier(begun + policy.deadline().toNanos());
    }

    /** Goes on until there is an answer to give or nothing more to try, and tells what it came to. */
    ServiceResponse run() throws InterruptedException {
        String outcome = "interrupted";
        try {
            service.guard().enter();
            ServiceResponse answer = guarded();
            outcome = answer.status() < 500 ? "success" : "error";
            return answer;
        } catch (ServiceCallException failure) {
            outcome = failure.outcome();
            throw failure;
        } finally {
            service.listener().called(service.name(), outcome, Duration.ofNanos(nanoTime.getAsLong() - begun));
        }
    }

    private ServiceResponse guarded() throws InterruptedException {
        boolean answered = false;
        boolean asked = true;
        try {
            ServiceResponse answer = answer();
            answered = true;
            return answer;
        } catch (ServiceCallException.NoEndpoint | InterruptedException notToTheEnd) {
            // Says nothing of whether the service answers.
            asked = false;
            throw notToTheEnd;
        } finally {
            if (!asked || hurried()) {
                service.guard().leaveUnjudged();
            } else {
                service.guard().leave(answered, begun);
            }
        }
    }

    /** Whether time is over that was too short from the outset to tell whether the service answers. */
    private boolean hurried() {
        return outOfTime() && deadline - begun < policy.enough().toNanos();
    }

    private boolean outOfTime() {
        return nanoTime.getAsLong() - deadline >= 0;
    }

    private ServiceResponse answer() throws InterruptedException {
        service.budget().called();
        service.awaitEndpoints(deadline);
        for (Optional<Lease> lease = pick(); lease.isPresent(); lease = pick()) {
            List<Tried> ended = attempt(lease.get());
            ended.forEach(this::note);
            if (ended.getLast().settled()) {
                return lastAnswerOrFail("");
            }
            String whyNoMore = whyNoMore(ended.getLast());
            if (!whyNoMore.isEmpty()) {
                return lastAnswerOrFail(whyNoMore);
            }
        }
        return lastAnswerOrFail("and no other endpoint is left");
    }

    private List<Tried> attempt(Lease lease) throws InterruptedException {
        if (!trying.hedges(request)) {
            return List.of(trying.once(service, lease, request, attemptDeadline()));
        }
        List<Endpoint> taken = new ArrayList<>(tried);
        taken.add(lease.endpoint());
        return trying.hedged(lease, this::onOwnThread, () -> anotherBeside(taken));
    }

    private Tried onOwnThread(Lease lease) {
        try {
            return trying.once(service, lease, request, attemptDeadline());
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @param taken whom this call has tried or is trying; those it is trying count as reached */
    private Optional<Lease> anotherBeside(List<Endpoint> taken) {
        int underWay = taken.size() - tried.size();
        if (outOfTime()
                || reached + underWay >= policy.mostAttempts()
                || !service.pool().hasOther(taken)
                || !service.budget().spend()) {
            return Optional.empty();
        }
        Optional<Lease> another = service.pool().pick(taken, false);
        another.ifPresent(lease -> taken.add(lease.endpoint()));
        return another;
    }

    private Optional<Lease> pick() {
        return outOfTime() ? Optional.empty() : service.pool().pick(tried, request.repeatable());
    }

    private long attemptDeadline() {
        long timeout = nanoTime.getAsLong() + policy.attemptTimeout().toNanos();
        return request.repeatable() && timeout - deadline < 0 ? timeout : deadline;
    }

    /** Nothing if the request may go to another endpoint: that attempt is taken out of the budget then. */
    private String whyNoMore(Tried last) {
        if (last.reached() && !request.repeatable()) {
            return "and it may have been executed";
        }
        if (outOfTime() || !service.pool().hasOther(tried)) {
            return "and no other endpoint is left";
        }
        return reached < policy.mostAttempts() && service.budget().spend() ? "" : "and no retry is left";
    }

    private void note(Tried ended) {
        keep(ended);
        if (ended.settled()) {
            return;
        }
        attempts.add(ended.told());
        if (ended.reached()) {
            reached++;
        }
        // A kept connection that broke says little about its endpoint, which may be the only one there is.
        if (!ended.fault().equals(Optional.of(Fault.STALE_CONNECTION))) {
            tried.add(ended.endpoint());
        }
    }

    private void keep(Tried last) {
        if (last.exchanged() instanceof Exchanged.Answered(ServiceResponse answer)) {
            if (lastAnswer != null) {
                lastAnswer.close();
            }
            boolean foreign = last.fault().equals(Optional.of(Fault.FOREIGN));
            lastAnswer = foreign ? null : answer;
            if (foreign) {
                answer.close();
            }
        }
    }

    private ServiceResponse lastAnswerOrFail(String whyNoMore) {
        if (lastAnswer != null) {
            return lastAnswer;
        }
        if (outOfTime()) {
            throw new ServiceCallException.DeadlineExceeded(
                    service.name(), attempts, Duration.ofNanos(Math.max(0, deadline - begun)));
        }
        throw new ServiceCallException.AttemptsExhausted(service.name(), attempts, whyNoMore);
    }
}

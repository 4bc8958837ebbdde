package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.endpoint.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A call that brought no answer. Says which service, and what was tried. */
public abstract sealed class ServiceCallException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ServiceName service;
    private final transient List<Attempt> attempts;

    private ServiceCallException(ServiceName service, List<Attempt> attempts, String message) {
        super(message);
        this.service = service;
        this.attempts = List.copyOf(attempts);
    }

    /** The service that was called. */
    public ServiceName service() {
        return service;
    }

    /** What was tried, in order; empty if no endpoint was known. */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** One word for metrics. */
    String outcome() {
        return switch (this) {
            case NoEndpoint _ -> "no-endpoint";
            case DeadlineExceeded _ -> "deadline-exceeded";
            case AttemptsExhausted _ -> "attempts-exhausted";
            case Rejected _ -> "rejected";
        };
    }

    private static String tell(List<Attempt> attempts) {
        return attempts.stream().map(Attempt::toString).collect(Collectors.joining("; "));
    }

    /** What is probably wrong when several endpoints fail in the same way: of one alone, its task may be stopping. */
    private static String cause(List<Attempt> attempts) {
        List<String> outcomes =
                attempts.stream().map(Attempt::outcome).distinct().toList();
        if (attempts.size() < 2 || outcomes.size() > 1) {
            return "";
        }
        return switch (outcomes.getFirst()) {
            case Attempt.REFUSED -> "; all refuse connections: is it the wrong port?";
            case Attempt.NOT_ACCEPTED -> "; all let connections time out: does a security group drop them?";
            default -> "";
        };
    }

    /** DNS names no endpoint, or there was no answer from DNS and nothing is remembered. Nothing was sent. */
    public static final class NoEndpoint extends ServiceCallException {
        private static final long serialVersionUID = 1;

        NoEndpoint(ServiceName service, String explanation) {
            super(service, List.of(), service + " has no endpoint: " + explanation);
        }
    }

    /** The time for the whole call was over. If an attempt was under way, its request may have been executed. */
    public static final class DeadlineExceeded extends ServiceCallException {
        private static final long serialVersionUID = 1;

        DeadlineExceeded(ServiceName service, List<Attempt> attempts, Duration deadline) {
            super(
                    service,
                    attempts,
                    service + " did not answer within " + deadline.toMillis() + " ms"
                            + (attempts.isEmpty() ? "" : ": " + tell(attempts)));
        }
    }

    /**
     * The client did not try: too many calls are under way, none has been answered lately, or it is closed. Nothing was
     * sent.
     */
    public static final class Rejected extends ServiceCallException {
        private static final long serialVersionUID = 1;

        Rejected(ServiceName service, String why) {
            super(service, List.of(), service + " was not called: " + why);
        }
    }

    /**
     * Every attempt that was allowed failed. Whether the request was executed can be told for none of those that were
     * sent.
     */
    public static final class AttemptsExhausted extends ServiceCallException {
        private static final long serialVersionUID = 1;

        AttemptsExhausted(ServiceName service, List<Attempt> attempts, String whyNoMore) {
            super(
                    service,
                    attempts,
                    service + " could not be reached, " + whyNoMore + ": " + tell(attempts) + cause(attempts));
        }
    }
}

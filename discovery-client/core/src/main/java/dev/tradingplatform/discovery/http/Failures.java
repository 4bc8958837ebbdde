package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.FailedAttempt;
import java.util.List;

/** Phrases for messages about failed attempts. */
final class Failures {

    static final String REFUSED = "refused the connection";
    static final String NOT_ACCEPTED = "did not accept a connection in time";

    /** Says nothing about the endpoint: the last attempt of a call that waits for its deadline. */
    static final String NO_TIME_TO_CONNECT = "did not accept a connection in the time that was left";

    private Failures() {}

    /**
     * Returns what is probably wrong if several endpoints fail in the same way, beginning with {@code "; "}; empty if
     * that is not known. One endpoint alone may be a task that stops.
     */
    static String hint(List<FailedAttempt> attempts) {
        List<String> descriptions = attempts.stream()
                .map(FailedAttempt::description)
                .filter(description -> !description.equals(NO_TIME_TO_CONNECT))
                .toList();
        if (descriptions.size() < 2 || descriptions.stream().distinct().count() > 1) {
            return "";
        }
        return switch (descriptions.get(0)) {
            case REFUSED -> "; all endpoints refuse connections: is the port right?";
            case NOT_ACCEPTED -> "; no endpoint accepts connections: does a security group block them?";
            default -> "";
        };
    }
}

package dev.tradingplatform.discovery.call;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What an endpoint that answers 503 says of when to come back (RFC 9110 §10.2.3, §15.6.4). */
final class RetryAfter {

    /** Longer than that would hand an endpoint's share to others on its mere word, or on somebody's typing error. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int UNAVAILABLE = 503;

    private RetryAfter() {}

    /** For how long not to call it, more than nothing and at most {@link #LONGEST}; empty if it does not say. */
    static Optional<Duration> of(ServiceResponse answer) {
        return answer.status() == UNAVAILABLE
                ? first(answer, "Retry-After")
                        .flatMap(text -> text.matches("[0-9]+") ? seconds(text) : untilDate(text, answer))
                        .filter(Duration::isPositive)
                        .map(pause -> pause.compareTo(LONGEST) < 0 ? pause : LONGEST)
                : Optional.empty();
    }

    private static Optional<Duration> seconds(String text) {
        return Optional.of(text.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(text)));
    }

    // By the endpoint's own clock, of which its Date tells: the two need not agree on the time.
    private static Optional<Duration> untilDate(String text, ServiceResponse answer) {
        return first(answer, "Date").flatMap(date -> {
            try {
                return Optional.of(Duration.between(instant(date), instant(text)));
            } catch (DateTimeException unreadable) {
                return Optional.empty();
            }
        });
    }

    private static Instant instant(String date) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    }

    private static Optional<String> first(ServiceResponse answer, String header) {
        return answer.headers().getOrDefault(header, List.of()).stream()
                .findFirst()
                .map(String::strip);
    }
}

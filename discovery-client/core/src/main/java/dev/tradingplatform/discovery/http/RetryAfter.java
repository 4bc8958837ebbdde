package dev.tradingplatform.discovery.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;

/** Reads the time after which an endpoint wants to be called again (RFC 9110 §10.2.3). */
final class RetryAfter {

    /** A longer value is likely a mistake, and would take the endpoint's share of the calls for too long. */
    static final Duration MAX = Duration.ofSeconds(30);

    private RetryAfter() {}

    /** Returns the time to wait, more than zero and at most {@link #MAX}; empty if the response does not name one. */
    static Optional<Duration> of(HttpResponse response) {
        return first(response, HttpHeaders.RETRY_AFTER)
                .flatMap(text -> text.matches("[0-9]+") ? seconds(text) : untilDate(text, response))
                .filter(Duration::isPositive)
                .map(pause -> pause.compareTo(MAX) < 0 ? pause : MAX);
    }

    private static Optional<Duration> seconds(String text) {
        return Optional.of(text.length() > 9 ? MAX : Duration.ofSeconds(Long.parseLong(text)));
    }

    // Relative to the response's own Date: the clocks of client and server may differ.
    private static Optional<Duration> untilDate(String text, HttpResponse response) {
        return first(response, HttpHeaders.DATE).flatMap(date -> {
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

    private static Optional<String> first(HttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? Optional.empty() : Optional.of(header.getValue().strip());
    }
}

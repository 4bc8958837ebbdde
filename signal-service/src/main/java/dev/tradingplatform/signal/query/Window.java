package dev.tradingplatform.signal.query;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Which bars to show. It is applied after computing, so it never changes a value. Immutable.
 *
 * @param from shows none that starts before
 * @param end shows none that starts then or later
 * @param last shows at most so many, the newest
 */
public record Window(Instant from, Instant end, int last) {

    private static final String EXPECTED = "a date such as 2024-01-31 or a time such as 2024-01-31T14:30:00Z";

    /** Takes {@code from}, {@code to} (inclusive) and {@code last}; without any of them all bars are shown. */
    public static Window of(Query query) {
        Instant from = query.take("from", Instant.MIN, text -> moment("from", text, 0));
        Instant end = query.take("to", Instant.MAX, text -> moment("to", text, 1));
        return new Window(from, end, query.take("last", Integer.MAX_VALUE, Window::count));
    }

    /** Reads a moment, and with {@code units} 1 the first one after that day or second. */
    private static Instant moment(String name, String text, int units) {
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant().plusSeconds(units)
                    : LocalDate.parse(text)
                            .plusDays(units)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
        } catch (DateTimeException e) {
            throw new InvalidParameterException(name, text, EXPECTED);
        }
    }

    private static int count(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[1-9]\\d{0,6}"))
                .map(Integer::parseInt)
                .orElseThrow(() -> new InvalidParameterException("last", text, "a whole number from 1 to 9999999"));
    }

    /** Index of the first bar to show. */
    public int first(Bars bars) {
        return Math.max(bars.indexFrom(from), Math.max(0, behindLast(bars) - last));
    }

    /** Index behind the last bar to show; never below {@link #first}. */
    public int behindLast(Bars bars) {
        return Math.max(bars.indexFrom(from), bars.indexFrom(end));
    }
}

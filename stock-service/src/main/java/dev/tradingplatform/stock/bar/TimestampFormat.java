package dev.tradingplatform.stock.bar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How timestamps are written: ISO 8601, as a date, as {@code yyyyMMdd}, or as a date and time with offset. */
public final class TimestampFormat {

    private static final String EXPECTED = "a date (2024-01-31, 20240131) or date and time with offset (RFC 3339)";
    private static final int DATE_LENGTH = 10;
    private static final int BASIC_DATE_LENGTH = 8;

    private TimestampFormat() {}

    /**
     * Reads the start of a bar.
     *
     * @param text as a client wrote it
     * @param timeframe those that start at midnight refuse any other time
     * @return epoch second
     */
    public static Parsed<Long> parse(String text, Timeframe timeframe) {
        long plain = timeframe.startsAtMidnight() ? PlainTime.NONE : PlainTime.epochSecond(text);
        if (plain != PlainTime.NONE) {
            return good(plain);
        }
        Moment moment;
        try {
            moment = iso(text);
        } catch (DateTimeException _) {
            return bad("not-a-timestamp", EXPECTED);
        }
        if (!moment.local().equals(moment.local().truncatedTo(ChronoUnit.SECONDS))) {
            return bad("not-whole-seconds", "whole seconds");
        }
        ZoneOffset offset = moment.offset();
        if (offset == null) {
            return bad("no-time-zone", "a time with offset, such as 2024-01-31T14:30:00Z");
        }
        return timeframe.startsAtMidnight() && !isMidnight(moment.local(), offset)
                ? bad("not-midnight", "midnight UTC, or a date alone")
                : good(moment.local().toEpochSecond(offset));
    }

    /** Returns a bar's start as clients see it, such as {@code 2024-01-31T00:00:00Z}. */
    public static String text(long epochSecond) {
        return Instant.ofEpochSecond(epochSecond).toString();
    }

    /** Appends what {@link #text(long)} returns. */
    public static void append(StringBuilder target, long epochSecond) {
        if (!PlainTime.append(target, epochSecond)) {
            target.append(text(epochSecond));
        }
    }

    private static boolean isMidnight(LocalDateTime local, ZoneOffset offset) {
        return ZoneOffset.UTC.equals(offset) && LocalTime.MIDNIGHT.equals(local.toLocalTime());
    }

    private static Moment iso(String text) {
        if (text.length() == DATE_LENGTH) {
            return Moment.of(LocalDate.parse(text));
        }
        if (text.length() == BASIC_DATE_LENGTH) {
            return Moment.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
        }
        boolean spaced = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
        String standard = spaced ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1) : text;
        return switch (DateTimeFormatter.ISO_DATE_TIME.parseBest(standard, OffsetDateTime::from, LocalDateTime::from)) {
            case OffsetDateTime time -> new Moment(time.toLocalDateTime(), time.getOffset());
            case LocalDateTime time -> new Moment(time, null);
            default -> throw new DateTimeException(text);
        };
    }

    private static Parsed<Long> good(long epochSecond) {
        return new Parsed.Good<>(epochSecond);
    }

    private static Parsed<Long> bad(String code, String expected) {
        return new Parsed.Bad<>(code, expected);
    }

    /**
     * What a text says.
     *
     * @param offset that it names, if it does; that of UTC for a date
     */
    private record Moment(LocalDateTime local, @Nullable ZoneOffset offset) {

        static Moment of(LocalDate date) {
            return new Moment(date.atStartOfDay(), ZoneOffset.UTC);
        }
    }
}

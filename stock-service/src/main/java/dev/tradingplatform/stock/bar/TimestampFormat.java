package dev.tradingplatform.stock.bar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How timestamps are written: ISO 8601 (a date, {@code yyyyMMdd}, or a date and time), or as a pattern says. Immutable.
 */
public final class TimestampFormat {

    /** ISO 8601, with times in UTC or with an offset. */
    public static final TimestampFormat ISO = new TimestampFormat(null, null);

    private static final String EXPECTED = "a date (2024-01-31, 20240131) or date and time with offset (RFC 3339)";
    private static final int DATE_LENGTH = 10;
    private static final int BASIC_DATE_LENGTH = 8;

    private final @Nullable ZoneId zone;
    private final @Nullable DateTimeFormatter pattern;

    private TimestampFormat(@Nullable ZoneId zone, @Nullable DateTimeFormatter pattern) {
        this.zone = zone;
        this.pattern = pattern;
    }

    /** Returns this format for local times of a time zone. */
    public TimestampFormat in(ZoneId localTimeZone) {
        return new TimestampFormat(localTimeZone, pattern);
    }

    /**
     * Returns this format for texts of another shape.
     *
     * @param shape as {@link DateTimeFormatter#ofPattern(String)} takes it, such as {@code MM/dd/yyyy}
     * @throws IllegalArgumentException if that is no pattern
     */
    public TimestampFormat shapedAs(String shape) {
        // In strict resolution "yyyy" is a year of era and wants an era; lenient resolution would accept February 30th.
        String strict = shape.replace('y', 'u');
        try {
            return new TimestampFormat(
                    zone, DateTimeFormatter.ofPattern(strict, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT));
        } catch (ClassCastException e) {
            // The JDK throws it for a padding before a number of variable width, such as "ps" (JDK 25).
            throw new IllegalArgumentException("not a pattern: " + shape, e);
        }
    }

    /**
     * Reads the start of a bar.
     *
     * @param text as a client wrote it
     * @param timeframe those that start at midnight refuse any other time
     * @return epoch second
     */
    public Parsed<Long> parse(String text, Timeframe timeframe) {
        long plain = pattern == null && !timeframe.startsAtMidnight() ? PlainTime.epochSecond(text) : PlainTime.NONE;
        if (plain != PlainTime.NONE) {
            return good(plain);
        }
        Moment moment;
        try {
            moment = pattern == null ? iso(text) : shaped(text, pattern);
        } catch (DateTimeException _) {
            return bad("not-a-timestamp", pattern == null ? EXPECTED : "a timestamp as dateFormat says");
        }
        if (!moment.local().equals(moment.local().truncatedTo(ChronoUnit.SECONDS))) {
            return bad("not-whole-seconds", "whole seconds");
        }
        return timeframe.startsAtMidnight() ? day(moment) : instant(moment);
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

    private Parsed<Long> day(Moment moment) {
        boolean utc = moment.dateOnly() || ZoneOffset.UTC.equals(moment.offset());
        if (!utc && ((zone == null && moment.zone() == null) || moment.offset() != null)) {
            return moment.offset() == null ? noZone() : bad("not-midnight", "midnight UTC, or a date alone");
        }
        return LocalTime.MIDNIGHT.equals(moment.local().toLocalTime())
                ? good(moment.local().toEpochSecond(ZoneOffset.UTC))
                : bad("not-midnight", "midnight, or a date alone");
    }

    private Parsed<Long> instant(Moment moment) {
        ZoneOffset offset = moment.offset();
        if (offset != null) {
            return good(moment.local().toEpochSecond(offset));
        }
        ZoneId local = moment.zone() == null ? zone : moment.zone();
        if (local == null) {
            return moment.dateOnly() ? good(moment.local().toEpochSecond(ZoneOffset.UTC)) : noZone();
        }
        List<ZoneOffset> offsets = local.getRules().getValidOffsets(moment.local());
        return switch (offsets.size()) {
            case 1 -> good(moment.local().toEpochSecond(offsets.getFirst()));
            case 0 ->
                bad("skipped-local-time", "a time that exists in " + local + " (clocks were set forward over it)");
            default ->
                bad("ambiguous-local-time", "a time with offset (clocks in " + local + " were set back over it)");
        };
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
            case OffsetDateTime time -> new Moment(time.toLocalDateTime(), time.getOffset(), null, false);
            case LocalDateTime time -> new Moment(time, null, null, false);
            default -> throw new DateTimeException(text);
        };
    }

    private static Moment shaped(String text, DateTimeFormatter pattern) {
        var parts = pattern.parse(text);
        LocalDate date = LocalDate.from(parts);
        LocalTime time = parts.query(TemporalQueries.localTime());
        return time == null
                ? Moment.of(date)
                : new Moment(
                        date.atTime(time),
                        parts.query(TemporalQueries.offset()),
                        parts.query(TemporalQueries.zoneId()),
                        false);
    }

    private static Parsed<Long> noZone() {
        return bad("no-time-zone", "a time with offset, such as 2024-01-31T14:30:00Z, or the parameter zone");
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
     * @param offset that it names, if it does
     * @param zone that it names, if it does; it counts more than the one a client says all are of
     */
    private record Moment(
            LocalDateTime local,
            @Nullable ZoneOffset offset,
            @Nullable ZoneId zone,
            boolean dateOnly) {

        static Moment of(LocalDate date) {
            return new Moment(date.atStartOfDay(), null, null, true);
        }
    }
}

package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the start of a bar as exports write it: ISO 8601, dates with slashes, dots or month names, Unix time in seconds
 * to nanoseconds, a date and a time in two columns. Immutable.
 */
final class TimestampParser {

    static final String EXPECTED = "a date (2024-01-31, 20240131, 31-Jan-2024), a date and time with offset"
            + " (RFC 3339), Unix time, or the parameter dateFormat";

    private static final int PLAIN_LENGTH = "2024-01-31T14:30:00Z".length();
    private static final int SECONDS_PER_DAY = 86_400;

    private final Timeframe timeframe;
    private final @Nullable ZoneId zone;
    private final @Nullable DatePattern pattern;
    private final @Nullable DateOrder order;

    TimestampParser(Timeframe timeframe, ImportOptions.Hints hints, Optional<DateOrder> order) {
        this.timeframe = timeframe;
        this.zone = hints.zone().orElse(null);
        this.pattern = hints.dateFormat().orElse(null);
        this.order = order.orElse(null);
    }

    /** Which of the first two numbers of {@code 03/04/2024} is the month. */
    enum DateOrder {
        DAY_FIRST("dd%1$sMM%1$syyyy"),
        MONTH_FIRST("MM%1$sdd%1$syyyy");

        private final String pattern;

        DateOrder(String pattern) {
            this.pattern = pattern;
        }

        String pattern(char separator) {
            return pattern.formatted(separator);
        }
    }

    /**
     * Reads the start of a bar.
     *
     * @param text the date, or the date and time
     * @param time the time, if it has a column of its own; otherwise empty
     * @return epoch second
     */
    Parsed<Long> parse(String text, String time) {
        if (pattern == null && text.length() == PLAIN_LENGTH && !timeframe.startsAtMidnight() && time.isEmpty()) {
            // The form of this service's own exports, for which there is a faster way.
            Parsed<Long> plain = TimestampFormat.parse(text, timeframe);
            if (plain instanceof Parsed.Good<Long>) {
                return plain;
            }
        }
        try {
            Moment moment = pattern == null ? scanned(text, time) : shaped(text, time, pattern);
            if (moment.fraction()) {
                return bad("not-whole-seconds", "whole seconds");
            }
            return timeframe.startsAtMidnight() ? day(moment) : instant(moment);
        } catch (AmbiguousDateException e) {
            return bad("ambiguous-date", e.expected());
        } catch (DateTimeException | NumberFormatException _) {
            return bad("not-a-timestamp", pattern == null ? EXPECTED : "a timestamp as dateFormat says");
        }
    }

    /** Returns what a text tells of the order of the numbers of a date; nothing if it has no such date. */
    static Optional<Order> order(String text) {
        NumericDate date = NumericDate.of(text);
        if (date == null || date.first() == date.second() || Math.min(date.first(), date.second()) == 0) {
            return Optional.empty();
        }
        if (date.first() > 12) {
            return Optional.of(Order.DAY_FIRST);
        }
        return Optional.of(date.second() > 12 ? Order.MONTH_FIRST : Order.EITHER);
    }

    /** What a date tells of the order of its numbers. */
    enum Order {
        DAY_FIRST,
        MONTH_FIRST,
        EITHER
    }

    /** Describes the two readings of a date, and the parameter that decides. */
    static String readings(String text) {
        NumericDate date = NumericDate.of(text);
        if (date == null) {
            return EXPECTED;
        }
        return "the parameter dateFormat, such as dateFormat=%s for %s or dateFormat=%s for %s"
                .formatted(
                        DateOrder.MONTH_FIRST.pattern(date.separator()),
                        date.read(DateOrder.MONTH_FIRST),
                        DateOrder.DAY_FIRST.pattern(date.separator()),
                        date.read(DateOrder.DAY_FIRST));
    }

    /** Describes how a timestamp is written, such as {@code MM/dd/yyyy} or {@code Unix milliseconds}. */
    String format(String text, String time) {
        if (pattern != null) {
            return pattern.text();
        }
        int length = text.endsWith(".0") ? text.length() - 2 : text.length();
        if (isDigits(text, 0, length)) {
            return switch (length) {
                case 8 -> time.isEmpty() ? "yyyyMMdd" : "yyyyMMdd HHmmss";
                case 12, 14 -> "yyyyMMddHHmmss";
                case 13 -> "Unix milliseconds";
                case 16 -> "Unix microseconds";
                case 19 -> "Unix nanoseconds";
                default -> "Unix seconds";
            };
        }
        NumericDate numeric = NumericDate.of(text);
        boolean timed = !time.isEmpty() || text.indexOf(':') > 0;
        String date;
        if (numeric != null) {
            date = order == null ? "dd/MM/yyyy" : order.pattern(numeric.separator());
        } else if (length > 4 && isDigits(text, 0, 4)) {
            char separator = text.charAt(4);
            date = Character.isDigit(separator) ? "yyyyMMdd" : "yyyy%1$sMM%1$sdd".formatted(separator);
        } else {
            date = Character.isDigit(text.charAt(0)) ? "dd-MMM-yyyy" : "MMM dd, yyyy";
        }
        return timed ? date + " HH:mm:ss" : date;
    }

    private Parsed<Long> day(Moment moment) {
        LocalTime time = moment.local().toLocalTime();
        ZoneOffset offset = moment.offset();
        LocalDate date = moment.local().toLocalDate();
        if (offset == null || LocalTime.MIDNIGHT.equals(time)) {
            return good(date.toEpochDay() * SECONDS_PER_DAY);
        }
        if (zone == null) {
            return bad(
                    "not-midnight",
                    "midnight, a date alone, or the parameter zone, such as zone=America/New_York, whose day it is");
        }
        LocalDate there =
                moment.local().atOffset(offset).atZoneSameInstant(zone).toLocalDate();
        return good(there.toEpochDay() * SECONDS_PER_DAY);
    }

    private Parsed<Long> instant(Moment moment) {
        ZoneOffset offset = moment.offset();
        if (offset != null) {
            return good(moment.local().toEpochSecond(offset));
        }
        ZoneId local = moment.zone() == null ? zone : moment.zone();
        if (local == null) {
            return moment.dateOnly()
                    ? good(moment.local().toEpochSecond(ZoneOffset.UTC))
                    : bad("no-time-zone", "a time with offset, such as 2024-01-31T14:30:00Z, or the parameter zone");
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

    private static Moment shaped(String text, String time, DatePattern pattern) {
        if (time.isEmpty()) {
            return shaped(text, pattern);
        }
        try {
            return shaped(text + " " + time, pattern);
        } catch (DateTimeException _) {
            // The pattern is that of the date alone.
            return new Scanner(time).time(shaped(text, pattern).local().toLocalDate());
        }
    }

    private static Moment shaped(String text, DatePattern pattern) {
        var parts = pattern.formatter().parse(text);
        LocalDate date = LocalDate.from(parts);
        LocalTime time = parts.query(TemporalQueries.localTime());
        return time == null
                ? new Moment(date.atStartOfDay(), null, null, true, false)
                : new Moment(
                        date.atTime(time),
                        parts.query(TemporalQueries.offset()),
                        parts.query(TemporalQueries.zoneId()),
                        false,
                        !time.equals(time.truncatedTo(ChronoUnit.SECONDS)));
    }

    private Moment scanned(String text, String time) {
        return time.isEmpty()
                ? new Scanner(text).moment(order)
                : new Scanner(time).time(new Scanner(text).moment(order).local().toLocalDate());
    }

    private static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
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
     * @param fraction whether it has a fraction of a second
     */
    private record Moment(
            LocalDateTime local,
            @Nullable ZoneOffset offset,
            @Nullable ZoneId zone,
            boolean dateOnly,
            boolean fraction) {}

    /** Two numbers of which one is the month, and a year: {@code 03/04/2024}, {@code 3.4.2024}, {@code 03-04-2024}. */
    private record NumericDate(int first, int second, int year, char separator, int end) {

        static @Nullable NumericDate of(String text) {
            int one = digits(text, 0);
            if (one < 1 || one > 2 || one >= text.length() || "/.-".indexOf(text.charAt(one)) < 0) {
                return null;
            }
            int two = digits(text, one + 1);
            int second = two - one - 1;
            if (second < 1 || second > 2 || two >= text.length() || text.charAt(two) != text.charAt(one)) {
                return null;
            }
            int three = digits(text, two + 1);
            return three - two - 1 != 4
                    ? null
                    : new NumericDate(
                            Integer.parseInt(text, 0, one, 10),
                            Integer.parseInt(text, one + 1, two, 10),
                            Integer.parseInt(text, two + 1, three, 10),
                            text.charAt(one),
                            three);
        }

        LocalDate read(DateOrder order) {
            return order == DateOrder.DAY_FIRST ? LocalDate.of(year, second, first) : LocalDate.of(year, first, second);
        }

        private static int digits(String text, int from) {
            int end = from;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            return end;
        }
    }

    /** A date that can be read in two ways, in a body of which no other date decides. */
    private static final class AmbiguousDateException extends DateTimeException {

        private static final long serialVersionUID = 1L;

        AmbiguousDateException(String expected) {
            super(expected);
        }

        String expected() {
            return String.valueOf(getMessage());
        }
    }

    /** Reads a text from left to right; every method throws {@link DateTimeException} if it does not continue so. */
    private static final class Scanner {

        private static final List<String> MONTHS =
                List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
        private static final List<String> WEEKDAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        Moment moment(@Nullable DateOrder order) {
            String number = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
            if (number.length() >= 9
                    && number.length() != 14
                    && number.length() != 12
                    && isDigits(number, 0, number.length())) {
                return unixTime(number);
            }
            return time(date(order));
        }

        private static Moment unixTime(String number) {
            long perSecond = switch (number.length()) {
                case 9, 10 -> 1L;
                case 13 -> 1_000L;
                case 16 -> 1_000_000L;
                case 19 -> 1_000_000_000L;
                default -> throw new DateTimeException(number);
            };
            long value = Long.parseLong(number);
            LocalDateTime local = LocalDateTime.ofEpochSecond(value / perSecond, 0, ZoneOffset.UTC);
            return new Moment(local, ZoneOffset.UTC, null, false, value % perSecond != 0);
        }

        private LocalDate date(@Nullable DateOrder order) {
            NumericDate numeric = NumericDate.of(text);
            if (numeric != null) {
                at = numeric.end();
                return numeric(numeric, order);
            }
            if (Character.isLetter(peek())) {
                String word = word();
                if (WEEKDAYS.contains(word)) {
                    skip(", ");
                    word = Character.isLetter(peek()) ? word() : "";
                }
                return word.isEmpty() ? date(order) : monthFirst(word);
            }
            int begin = at;
            int first = number();
            int length = at - begin;
            if (length == 8 || length == 12 || length == 14) {
                at = begin + 8;
                return compact(begin);
            }
            char separator = next();
            if (Character.isLetter(peek())) {
                int month = month(word());
                expect(separator);
                return length == 4 ? LocalDate.of(first, month, number()) : LocalDate.of(year(), month, first);
            }
            if (length != 4 || "-/.".indexOf(separator) < 0) {
                throw wrong();
            }
            int month = number();
            expect(separator);
            return LocalDate.of(first, month, number());
        }

        private LocalDate numeric(NumericDate date, @Nullable DateOrder order) {
            if (order != null) {
                return date.read(order);
            }
            if (date.first() == date.second() || date.first() > 12) {
                return date.read(DateOrder.DAY_FIRST);
            }
            if (date.second() > 12) {
                return date.read(DateOrder.MONTH_FIRST);
            }
            throw new AmbiguousDateException(readings(text));
        }

        private LocalDate compact(int begin) {
            return LocalDate.of(
                    Integer.parseInt(text, begin, begin + 4, 10),
                    Integer.parseInt(text, begin + 4, begin + 6, 10),
                    Integer.parseInt(text, begin + 6, begin + 8, 10));
        }

        private LocalDate monthFirst(String name) {
            int month = month(name);
            skip(".- ");
            int day = number();
            skip(",- ");
            return LocalDate.of(year(), month, day);
        }

        private int year() {
            int begin = at;
            int year = number();
            return at - begin == 2 ? 2000 + year : year;
        }

        /** Reads the time of a date, and the offset, as far as they are there. */
        Moment time(LocalDate date) {
            skip(", T");
            if (at == text.length()) {
                return new Moment(date.atStartOfDay(), null, null, true, false);
            }
            int begin = at;
            int hour = number();
            int minute = 0;
            int second = 0;
            boolean fraction = false;
            if (peek() == ':') {
                minute = afterColon();
                second = peek() == ':' ? afterColon() : 0;
            } else {
                int length = at - begin;
                // 93000 is 09:30:00: spreadsheets leave out leading zeros.
                int seconds = length > 4 ? hour % 100 : 0;
                int minutes = length > 4 ? hour / 100 : hour;
                if ((length > 6 || length < 3) && hour != 0) {
                    throw wrong();
                }
                hour = minutes / 100;
                minute = minutes % 100;
                second = seconds;
            }
            if (peek() == '.') {
                at++;
                fraction = number() != 0;
            }
            hour = halfDay(hour);
            LocalTime time = LocalTime.of(hour, minute, second);
            return new Moment(date.atTime(time), offset(), null, false, fraction);
        }

        private int afterColon() {
            at++;
            return number();
        }

        private int halfDay(int hour) {
            int before = at;
            skip(" ");
            String word = Character.isLetter(peek()) ? word() : "";
            if ((!word.equals("am") && !word.equals("pm")) || hour < 1 || hour > 12) {
                at = before;
                return hour;
            }
            return hour % 12 + (word.equals("pm") ? 12 : 0);
        }

        private @Nullable ZoneOffset offset() {
            skip(" ");
            if (at == text.length()) {
                return null;
            }
            String rest = text.substring(at);
            if (rest.equalsIgnoreCase("UTC") || rest.equalsIgnoreCase("GMT")) {
                return ZoneOffset.UTC;
            }
            int bracket = rest.indexOf('[');
            return ZoneOffset.of(bracket > 0 ? rest.substring(0, bracket) : rest.toUpperCase(Locale.ROOT));
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private char next() {
            char next = peek();
            at++;
            return next;
        }

        private void expect(char expected) {
            if (next() != expected) {
                throw wrong();
            }
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private int number() {
            int begin = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == begin || at - begin > 14) {
                throw wrong();
            }
            return (int) Long.parseLong(text, begin, Math.min(at, begin + 9), 10);
        }

        private String word() {
            int begin = at;
            while (Character.isLetter(peek())) {
                at++;
            }
            return text.substring(begin, at).toLowerCase(Locale.ROOT);
        }

        private int month(String name) {
            int month = name.length() < 3 ? 0 : MONTHS.indexOf(name.substring(0, 3)) + 1;
            if (month == 0) {
                throw wrong();
            }
            return month;
        }

        private DateTimeException wrong() {
            return new DateTimeException(text);
        }
    }
}

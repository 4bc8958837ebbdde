package dev.tradingplatform.stock.bar;

/**
 * Reads and writes the one form of a timestamp that millions of rows have, {@code 2024-01-31T14:30:00Z}, some ten times
 * as fast as {@code java.time} does. Whatever else there may be is left to that.
 */
final class PlainTime {

    /** Not such a text. */
    static final long NONE = Long.MIN_VALUE;

    private static final String SHAPE = "0000-00-00T00:00:00Z";

    /** Days from the first of January to the first of March of the leap year 0000. */
    private static final int MARCH_FIRST = 60;

    private static final int DAYS_0000_TO_1970 = 719_528;
    /** The last of the year 9999. */
    private static final int LAST_DAY = 2_932_896;

    private static final int DAYS_PER_ERA = 146_097;
    private static final int SECONDS_PER_DAY = 86_400;

    private PlainTime() {}

    /** Returns the epoch second, or {@link #NONE} for another form, and for days that not every month has. */
    static long epochSecond(String text) {
        if (text.length() != SHAPE.length()) {
            return NONE;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char expected = SHAPE.charAt(i);
            char given = text.charAt(i);
            if (expected == '0' ? given < '0' || given > '9' : given != expected) {
                return NONE;
            }
        }
        int year = number(text, 0) * 100 + number(text, 2);
        int month = number(text, 5);
        int day = number(text, 8);
        int second = number(text, 11) * 3600 + number(text, 14) * 60 + number(text, 17);
        boolean usual = month >= 1 && month <= 12 && day >= 1 && day <= (month == 2 ? 28 : 30);
        boolean time = number(text, 11) < 24 && number(text, 14) < 60 && number(text, 17) < 60;
        return usual && time ? epochDay(year, month, day) * SECONDS_PER_DAY + second : NONE;
    }

    private static int number(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }

    /** Counts days in years that begin in March, so that a leap day is the last of its year. */
    private static long epochDay(int year, int month, int day) {
        int marchYear = month > 2 ? year : year - 1;
        int era = Math.floorDiv(marchYear, 400);
        int yearOfEra = marchYear - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return (long) era * DAYS_PER_ERA + dayOfEra - DAYS_0000_TO_1970 + MARCH_FIRST;
    }

    /** Appends an epoch second in that form, unless its year does not have four digits. */
    static boolean append(StringBuilder target, long epochSecond) {
        long epochDay = Math.floorDiv(epochSecond, SECONDS_PER_DAY);
        long day = epochDay + DAYS_0000_TO_1970 - MARCH_FIRST;
        if (day < 0 || epochDay > LAST_DAY) {
            return false;
        }
        int era = (int) (day / DAYS_PER_ERA);
        int dayOfEra = (int) (day % DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = era * 400 + yearOfEra + (month > 2 ? 0 : 1);
        int second = Math.floorMod(epochSecond, SECONDS_PER_DAY);
        two(two(target, year / 100), year % 100).append('-');
        two(target, month).append('-');
        two(target, dayOfYear - (153 * marchMonth + 2) / 5 + 1).append('T');
        two(target, second / 3600).append(':');
        two(target, second / 60 % 60).append(':');
        two(target, second % 60).append('Z');
        return true;
    }

    private static StringBuilder two(StringBuilder target, int number) {
        return target.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}

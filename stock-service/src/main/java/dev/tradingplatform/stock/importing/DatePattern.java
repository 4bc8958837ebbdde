package dev.tradingplatform.stock.importing;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A format of timestamps as a client names it, such as {@code dd-MMM-yyyy}; month names are English, in any case.
 *
 * @param text as the client wrote it
 * @param formatter for it
 */
public record DatePattern(String text, DateTimeFormatter formatter) {

    /** Months, days and hours that other pattern letters do not touch, as they do in {@code yyyyMMdd}. */
    private static final Pattern TWO_DIGITS = Pattern.compile("(?<![A-Za-z])([MdH])\\1(?![A-Za-z])");

    /**
     * Reads a pattern. It accepts a month, a day or an hour of one digit too: tools write 1/2/2024 where a reader means
     * {@code MM/dd/yyyy}.
     *
     * @param text as {@link DateTimeFormatter#ofPattern(String)} takes it
     * @throws IllegalArgumentException if it is no pattern
     */
    public static DatePattern parse(String text) {
        // In strict resolution "yyyy" is a year of era and needs an era; lenient resolution would accept February 30th.
        String strict = TWO_DIGITS.matcher(text.replace('y', 'u')).replaceAll("$1");
        try {
            return new DatePattern(
                    text,
                    new DateTimeFormatterBuilder()
                            .parseCaseInsensitive()
                            .appendPattern(strict)
                            .toFormatter(Locale.ENGLISH)
                            .withResolverStyle(ResolverStyle.STRICT));
        } catch (ClassCastException e) {
            // The JDK throws it for a padding before a number of variable width, such as "ps" (JDK 25).
            throw new IllegalArgumentException("not a pattern: " + text, e);
        }
    }
}

package dev.tradingplatform.stock.importing;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/**
 * A format of timestamps as a client names it, such as {@code dd-MMM-yyyy}; month names are English, in any case.
 *
 * @param text as the client wrote it
 * @param formatter for it
 */
public record DatePattern(String text, DateTimeFormatter formatter) {

    /**
     * Reads a pattern.
     *
     * @param text as {@link DateTimeFormatter#ofPattern(String)} takes it
     * @throws IllegalArgumentException if it is no pattern
     */
    public static DatePattern parse(String text) {
        // In strict resolution "yyyy" is a year of era and needs an era; lenient resolution would accept February 30th.
        String strict = text.replace('y', 'u');
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

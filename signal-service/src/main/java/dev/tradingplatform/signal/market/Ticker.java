package dev.tradingplatform.signal.market;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a series of bars is called, such as {@code TICKER_1}, {@code BRK.B} or {@code ^GSPC}. Immutable.
 *
 * @param value 1 to 32 characters, upper case
 */
public record Ticker(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[A-Z0-9^][A-Z0-9._=^-]{0,31}");

    /**
     * Turns the name into upper case.
     *
     * @throws InvalidParameterException if it is no ticker
     */
    public Ticker {
        String given = value;
        value = value.toUpperCase(Locale.ROOT);
        if (!FORM.matcher(value).matches()) {
            throw new InvalidParameterException(
                    "ticker", given, "1 to 32 letters, digits and . _ = ^ -, beginning with a letter, a digit or ^");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

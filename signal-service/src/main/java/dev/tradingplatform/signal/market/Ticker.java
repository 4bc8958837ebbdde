package dev.tradingplatform.signal.market;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The symbol of an instrument, such as {@code TICKER_1}, {@code BRK.B}, {@code ^GSPC} or {@code BTC/USDT}; the rules
 * are those of stock-service. Immutable.
 *
 * @param value 1 to 32 characters, upper case
 */
public record Ticker(@JsonValue String value) {

    /** Matches ASCII letters only: in upper case, some other characters (U+017F, U+0131) look like them. */
    private static final Pattern FORM = Pattern.compile(
            "(?=.{1,32}$)[A-Z0-9^][A-Z0-9._=^&-]*(/[A-Z0-9][A-Z0-9._=^&-]*)*", Pattern.CASE_INSENSITIVE);

    /**
     * Turns the symbol into upper case.
     *
     * @throws InvalidParameterException if it is no ticker
     */
    public Ticker {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidParameterException(
                    "ticker",
                    value,
                    "1 to 32 letters, digits and . _ = ^ & / -, beginning with a letter, a digit or ^;"
                            + " a letter or digit follows each /");
        }
        value = value.toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}

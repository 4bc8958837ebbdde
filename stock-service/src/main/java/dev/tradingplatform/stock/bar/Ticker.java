package dev.tradingplatform.stock.bar;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The symbol of an instrument in upper case, such as {@code TICKER_1}, {@code BRK.B}, {@code ^GSPC}, {@code EURUSD=X}
 * or {@code BTC/USDT}.
 *
 * <p>It never starts with {@code = + - @}, so that no spreadsheet takes an exported ticker for a formula. A letter or
 * digit follows each {@code /}, so that no ticker contains a path segment such as {@code ..}.
 *
 * @param symbol 1 to 32 characters
 */
public record Ticker(String symbol) implements Comparable<Ticker> {

    /** The accepted tickers, as a problem document describes them. */
    public static final String EXPECTED = "1 to 32 characters of A-Z 0-9 . _ = ^ & / - that start with a letter, digit"
            + " or ^; a letter or digit follows each /";

    /** The accepted beginnings of tickers, as a problem document describes them. */
    public static final String EXPECTED_PREFIX = "at most 32 characters of A-Z 0-9 . _ = ^ & / -";

    /** Matches ASCII letters only: in upper case, some other characters (U+017F, U+0131) look like them. */
    private static final Pattern PREFIX = Pattern.compile("[A-Z0-9._=^&/-]{0,32}", Pattern.CASE_INSENSITIVE);

    private static final Pattern SYMBOL = Pattern.compile(
            "(?=.{1,32}$)[A-Z0-9^][A-Z0-9._=^&-]*(/[A-Z0-9][A-Z0-9._=^&-]*)*", Pattern.CASE_INSENSITIVE);

    /** Throws {@link IllegalArgumentException} if the symbol does not match {@link #EXPECTED}. */
    public Ticker {
        if (!SYMBOL.matcher(symbol).matches() || !symbol.equals(upperCase(symbol))) {
            throw new IllegalArgumentException("ticker: " + symbol + " (expected: " + EXPECTED + ")");
        }
    }

    /**
     * Reads a ticker in upper or lower case.
     *
     * @param text as a client wrote it
     * @return the ticker in upper case, or empty if the text does not match {@link #EXPECTED}
     */
    public static Optional<Ticker> parse(String text) {
        String symbol = text.strip();
        return SYMBOL.matcher(symbol).matches() ? Optional.of(new Ticker(upperCase(symbol))) : Optional.empty();
    }

    /**
     * Reads the beginning of a ticker in upper or lower case.
     *
     * @param text as a client wrote it; may be empty
     * @return the text in upper case, or empty if it does not match {@link #EXPECTED_PREFIX}
     */
    public static Optional<String> parsePrefix(String text) {
        return PREFIX.matcher(text).matches() ? Optional.of(upperCase(text)) : Optional.empty();
    }

    @Override
    public int compareTo(Ticker other) {
        return symbol.compareTo(other.symbol);
    }

    @Override
    public String toString() {
        return symbol;
    }

    private static String upperCase(String ascii) {
        return ascii.toUpperCase(Locale.ROOT);
    }
}

package dev.tradingplatform.stock.bar;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An instrument's symbol in upper case, such as {@code TICKER_1}, {@code BRK.B}, {@code ^GSPC} or {@code EURUSD=X}.
 *
 * <p>It never starts with {@code = + - @}, so that no spreadsheet takes an exported ticker for a formula.
 *
 * @param symbol 1 to 32 characters
 */
public record Ticker(String symbol) implements Comparable<Ticker> {

    /** What a ticker looks like, in words for a problem document. */
    public static final String EXPECTED =
            "1 to 32 characters of A-Z 0-9 . _ = ^ - that start with a letter, digit or ^";

    /** What a ticker may begin with, in words for a problem document. */
    public static final String EXPECTED_PREFIX = "at most 32 characters of A-Z 0-9 . _ = ^ -";

    private static final Pattern PREFIX = Pattern.compile("[A-Z0-9._=^-]{0,32}");

    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9^][A-Z0-9._=^-]{0,31}");

    /** Refuses what does not match {@link #EXPECTED}. */
    public Ticker {
        if (!SYMBOL.matcher(symbol).matches()) {
            throw new IllegalArgumentException("ticker: " + symbol + " (expected: " + EXPECTED + ")");
        }
    }

    /**
     * Reads a ticker in any case.
     *
     * @param text as a client wrote it
     * @return the ticker in upper case, or nothing if no ticker looks like that
     */
    public static Optional<Ticker> parse(String text) {
        String symbol = text.strip().toUpperCase(Locale.ROOT);
        return SYMBOL.matcher(symbol).matches() ? Optional.of(new Ticker(symbol)) : Optional.empty();
    }

    /**
     * Reads the beginning of a ticker in any case.
     *
     * @param text as a client wrote it; may be empty
     * @return it in upper case, or nothing if it has a character that no ticker has
     */
    public static Optional<String> parsePrefix(String text) {
        return Optional.of(text.toUpperCase(Locale.ROOT))
                .filter(prefix -> PREFIX.matcher(prefix).matches());
    }

    @Override
    public int compareTo(Ticker other) {
        return symbol.compareTo(other.symbol);
    }

    @Override
    public String toString() {
        return symbol;
    }
}

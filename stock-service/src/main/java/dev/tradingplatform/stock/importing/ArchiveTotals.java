package dev.tradingplatform.stock.importing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What an archive contains. It is the last line of the archive, and the same for databases with the same content.
 *
 * @param series number of series that have bars
 * @param bars of all series
 * @param splits of all tickers
 * @param dividends of all tickers
 * @param sha256 of the lines before the last one, with their line ends, in lower-case hexadecimal digits
 */
public record ArchiveTotals(long series, long bars, long splits, long dividends, String sha256) {

    /** Makes a digest for the lines of an archive. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns the totals as a sentence contains them. */
    @Override
    public String toString() {
        return "%d series, %d bars, %d splits, %d dividends, SHA-256 %s"
                .formatted(series, bars, splits, dividends, sha256);
    }
}

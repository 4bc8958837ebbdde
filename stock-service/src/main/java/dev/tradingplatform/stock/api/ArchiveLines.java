package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.BarColumns;
import dev.tradingplatform.stock.bar.Dividend;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.importing.ArchiveTotals;
import dev.tradingplatform.stock.series.Archive;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes an archive: one JSON object a line, with the numbers as strings, so that every reader keeps all digits.
 * Nothing in it needs escapes. For one thread.
 */
final class ArchiveLines implements Archive.Receiver {

    private final OutputStream target;
    private final MessageDigest digest = ArchiveTotals.digest();
    private final StringBuilder line = new StringBuilder();
    private @Nullable SeriesKey current;
    private long series;
    private long bars;
    private long splits;
    private long dividends;

    ArchiveLines(OutputStream target) {
        this.target = target;
    }

    @Override
    public void actions(Ticker ticker, Archive.Actions actions) {
        splits += actions.splits().size();
        dividends += actions.dividends().size();
        line.append("{\"ticker\":\"").append(ticker.symbol()).append("\",\"splits\":[");
        list(actions.splits(), ArchiveLines::append);
        line.append("],\"dividends\":[");
        list(actions.dividends(), ArchiveLines::append);
        line.append("]}");
        end(true);
    }

    @Override
    public void bar(SeriesKey key, Bar bar) {
        series += key.equals(current) ? 0 : 1;
        current = key;
        bars++;
        line.append("{\"ticker\":\"").append(key.ticker().symbol());
        line.append("\",\"timeframe\":\"").append(key.timeframe().code()).append("\",");
        BarColumns.appendJson(line, bar, "\"");
        line.append('}');
        end(true);
    }

    /** Writes the last line. */
    ArchiveTotals finish() {
        String sha256 = HexFormat.of().formatHex(digest.digest());
        line.append("{\"series\":").append(series).append(",\"bars\":").append(bars);
        line.append(",\"splits\":").append(splits).append(",\"dividends\":").append(dividends);
        line.append(",\"sha256\":\"").append(sha256).append("\"}");
        end(false);
        return new ArchiveTotals(series, bars, splits, dividends, sha256);
    }

    private <A> void list(List<A> actions, BiConsumer<StringBuilder, A> append) {
        for (int i = 0; i < actions.size(); i++) {
            append.accept(i == 0 ? line : line.append(','), actions.get(i));
        }
    }

    private static void append(StringBuilder line, Split split) {
        TimestampFormat.append(line.append("{\"timestamp\":\""), split.start());
        line.append("\",\"numerator\":").append(split.numerator());
        line.append(",\"denominator\":").append(split.denominator()).append('}');
    }

    private static void append(StringBuilder line, Dividend dividend) {
        TimestampFormat.append(line.append("{\"timestamp\":\""), dividend.start());
        dividend.amount().append(line.append("\",\"amount\":\""));
        line.append("\"}");
    }

    private void end(boolean counts) {
        byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
        line.setLength(0);
        if (counts) {
            digest.update(bytes);
        }
        try {
            target.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

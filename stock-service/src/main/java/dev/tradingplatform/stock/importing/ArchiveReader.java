package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.Dividend;
import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.spool.Spool;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads an archive as this service writes it: one JSON object a line, first the splits and dividends of a ticker, then
 * its bars, and {@link ArchiveTotals} at the end. It stops at the first fault: an archive is either as it was written,
 * or damaged. For one body and one thread.
 */
public final class ArchiveReader {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveReader.class);

    /** A thousand splits and a thousand dividends. */
    private static final int MAX_LINE = 1 << 18;

    private static final int PROGRESS = 1_000_000;

    private final BarSpool bars;
    private final MessageDigest digest = ArchiveTotals.digest();
    private final Map<Ticker, List<Split>> splits = new TreeMap<>();
    private final Map<Ticker, List<Dividend>> dividends = new TreeMap<>();
    private @Nullable ArchiveTotals announced;
    private long line;
    private long barCount;
    private long splitCount;
    private long dividendCount;

    private ArchiveReader(Spool spool) {
        this.bars = new BarSpool(spool, DuplicatePolicy.REJECT);
    }

    /**
     * Reads an archive to its end, or to its first fault.
     *
     * @return what was read, to be closed by the caller
     * @throws IOException if the client does not send it to its end
     */
    public static ArchiveContent read(InputStream body, Spool spool) throws IOException {
        ArchiveReader reader = new ArchiveReader(spool);
        boolean done = false;
        try {
            Optional<Violation> fault = reader.read(new BufferedInputStream(body, 1 << 16));
            ArchiveTotals totals = reader.totals();
            done = true;
            return new ArchiveContent(reader.bars, reader.splits, reader.dividends, totals, fault);
        } finally {
            if (!done) {
                reader.bars.close();
            }
        }
    }

    private Optional<Violation> read(InputStream body) throws IOException {
        byte[] next = nextLine(body);
        while (next.length > 0) {
            line++;
            try {
                line(next);
            } catch (MalformedLineException e) {
                return Optional.of(violation(e.field, "malformed-archive", e.value, e.expected));
            } catch (JacksonException e) {
                return Optional.of(violation("line", "malformed-json", e.getOriginalMessage(), "JSON as in RFC 8259"));
            }
            next = nextLine(body);
        }
        ArchiveTotals found = totals();
        if (announced == null) {
            return Optional.of(violation("archive", "incomplete-archive", "no totals", "the totals as the last line"));
        }
        return announced.equals(found)
                ? Optional.empty()
                : Optional.of(violation("archive", "damaged-archive", found.toString(), announced.toString()));
    }

    private void line(byte[] bytes) {
        if (announced != null) {
            throw new MalformedLineException("line", "another line", "the totals as the last line");
        }
        JsonNode node = JsonMapper.shared().readTree(bytes);
        if (node.has("sha256")) {
            announced = JsonMapper.shared().treeToValue(node, ArchiveTotals.class);
            return;
        }
        digest.update(bytes);
        digest.update((byte) '\n');
        Ticker ticker = Ticker.parse(text(node, "ticker"))
                .orElseThrow(() -> new MalformedLineException("ticker", text(node, "ticker"), Ticker.EXPECTED));
        if (node.has("timeframe")) {
            bars.add(new ParsedBar(new SeriesKey(ticker, timeframe(node)), bar(node), SourceLocation.line(line)));
            barCount++;
            if (barCount % PROGRESS == 0) {
                LOG.info("Archive: {} bars received", barCount);
            }
            return;
        }
        List<Split> ofTicker = new ArrayList<>();
        node.path("splits").forEach(split -> ofTicker.add(split(split)));
        List<Dividend> paid = new ArrayList<>();
        node.path("dividends").forEach(dividend -> paid.add(new Dividend(start(dividend), number(dividend, "amount"))));
        splitCount += ofTicker.size();
        dividendCount += paid.size();
        splits.put(ticker, ofTicker);
        dividends.put(ticker, paid);
    }

    private ArchiveTotals totals() {
        byte[] hash;
        try {
            hash = ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
        return new ArchiveTotals(
                bars.seriesCount(),
                barCount,
                splitCount,
                dividendCount,
                HexFormat.of().formatHex(hash));
    }

    private static Bar bar(JsonNode node) {
        Bar bar = new Bar(
                start(node),
                number(node, "open"),
                number(node, "high"),
                number(node, "low"),
                number(node, "close"),
                number(node, "volume"));
        if (!bar.isConsistent()) {
            throw new MalformedLineException("bar", node.toString(), "a low and a high around the other prices");
        }
        return bar;
    }

    private static Split split(JsonNode node) {
        int numerator = node.path("numerator").asInt(0);
        int denominator = node.path("denominator").asInt(0);
        if (numerator < 1 || numerator > Split.LARGEST || denominator < 1 || denominator > Split.LARGEST) {
            throw new MalformedLineException("splits", node.toString(), "numbers from 1 to " + Split.LARGEST);
        }
        return new Split(start(node), numerator, denominator);
    }

    private static Timeframe timeframe(JsonNode node) {
        String text = text(node, "timeframe");
        return Timeframe.parse(text)
                .orElseThrow(() -> new MalformedLineException("timeframe", text, Timeframe.expected()));
    }

    private static long start(JsonNode node) {
        String text = text(node, "timestamp");
        return switch (TimestampFormat.parse(text, Timeframe.MINUTE)) {
            case Parsed.Good<Long>(Long start, boolean _) -> start;
            case Parsed.Bad<Long>(String _, String expected) ->
                throw new MalformedLineException("timestamp", text, expected);
        };
    }

    private static Decimal number(JsonNode node, String field) {
        String text = text(node, field);
        return switch (Decimal.parse(text)) {
            case Parsed.Good<Decimal>(Decimal value, boolean _) -> value;
            case Parsed.Bad<Decimal>(String _, String expected) ->
                throw new MalformedLineException(field, text, expected);
        };
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        // A number would have lost digits already: archives have strings.
        return value.isString() ? value.stringValue() : "";
    }

    private Violation violation(String field, String code, String value, String expected) {
        return Violation.at(SourceLocation.line(line), field, code, value, expected);
    }

    private static byte[] nextLine(InputStream body) throws IOException {
        ByteArrayOutputStream next = new ByteArrayOutputStream(256);
        int character = body.read();
        while (character >= 0 && character != '\n' && next.size() < MAX_LINE) {
            next.write(character);
            character = body.read();
        }
        return next.toByteArray();
    }

    private static final class MalformedLineException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String field;
        private final String value;
        private final String expected;

        MalformedLineException(String field, String value, String expected) {
            super(field + ": " + value);
            this.field = field;
            this.value = value;
            this.expected = expected;
        }
    }
}

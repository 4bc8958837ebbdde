package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.BarColumns;
import dev.tradingplatform.stock.bar.Dividend;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.limits.ResponseBuffer;
import dev.tradingplatform.stock.series.Listing;
import dev.tradingplatform.stock.series.Series;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes bars as JSON: numbers in plain notation, never {@code 1E+2}; arrays present even when they are empty. */
final class BarsJson {

    // The target is its owner's to close.
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    /** Characters that are worth being handed on. */
    private static final int BLOCK = 1 << 13;

    private static final int LONGEST_BAR = 1 << 8;

    private BarsJson() {}

    static void page(ResponseBuffer target, Page.Content content, Optional<String> next) {
        write(target, json -> {
            Series series = content.series();
            json.writeStringProperty("ticker", series.key().ticker().symbol());
            json.writeStringProperty("timeframe", series.key().timeframe().code());
            json.writeStringProperty("adjustment", content.adjustment());
            json.writeNumberProperty("revision", series.revision());
            json.writeNumberProperty("count", content.bars().size());
            json.writeName("data");
            bars(json, target, content.bars(), content.numbers());
            json.writeStringProperty("next", next.orElse(null));
        });
    }

    static byte[] bar(StoredBar bar, JsonNumbers numbers) {
        StringBuilder text = new StringBuilder("{");
        appendFields(text, bar, numbers);
        return text.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }

    static void many(ResponseBuffer target, ManyTickers found, List<Series> known) {
        write(target, json -> {
            json.writeStringProperty("timeframe", found.query().timeframe().code());
            json.writeStringProperty("adjustment", found.query().adjustmentName());
            json.writeName("data").writeStartObject();
            Set<SeriesKey> missing = new LinkedHashSet<>(found.query().keys());
            for (Series series : known) {
                missing.remove(series.key());
                json.writeName(series.key().ticker().symbol());
                bars(json, target, found.bars(series), found.query().numbers());
            }
            json.writeEndObject();
            json.writeName("missing").writeStartArray();
            missing.forEach(key -> json.writeString(key.ticker().symbol()));
            json.writeEndArray();
        });
    }

    static byte[] splits(Ticker ticker, List<Split> splits) {
        return write(json -> {
            json.writeStringProperty("ticker", ticker.symbol());
            json.writeNumberProperty("count", splits.size());
            json.writeName("data").writeStartArray();
            for (Split split : splits) {
                json.writeStartObject();
                json.writeStringProperty("timestamp", TimestampFormat.text(split.start()));
                json.writeNumberProperty("numerator", split.numerator());
                json.writeNumberProperty("denominator", split.denominator());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static byte[] dividends(Ticker ticker, List<Dividend> dividends) {
        return write(json -> {
            json.writeStringProperty("ticker", ticker.symbol());
            json.writeNumberProperty("count", dividends.size());
            json.writeName("data").writeStartArray();
            for (Dividend dividend : dividends) {
                json.writeStartObject();
                json.writeStringProperty("timestamp", TimestampFormat.text(dividend.start()));
                json.writeName("amount").writeNumber(dividend.amount().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static byte[] tickers(List<Listing> listings, Optional<String> next, JsonNumbers numbers) {
        return write(json -> {
            json.writeNumberProperty("count", listings.size());
            json.writeName("data").writeStartArray();
            listings.forEach(listing -> listing(json, listing, numbers));
            json.writeEndArray();
            json.writeStringProperty("next", next.orElse(null));
        });
    }

    private static void listing(JsonGenerator json, Listing listing, JsonNumbers numbers) {
        Series series = listing.series();
        json.writeStartObject();
        json.writeStringProperty("ticker", series.key().ticker().symbol());
        json.writeStringProperty("timeframe", series.key().timeframe().code());
        json.writeNumberProperty("count", series.bars());
        json.writeStringProperty("first", text(series.first()));
        json.writeStringProperty("last", text(series.last()));
        json.writeName("lastClose").writeRawValue(numbers.text(listing.lastClose()));
        json.writeNumberProperty("revision", series.revision());
        json.writeEndObject();
    }

    private static @Nullable String text(@Nullable Long epochSecond) {
        return epochSecond == null ? null : TimestampFormat.text(epochSecond);
    }

    /** Appends a bar without its braces. */
    static void appendFields(StringBuilder target, StoredBar stored, JsonNumbers numbers) {
        BarColumns.appendJson(target, stored.bar(), numbers.quote());
        target.append(",\"version\":").append(stored.version());
    }

    private static void bars(JsonGenerator json, ResponseBuffer target, List<StoredBar> bars, JsonNumbers numbers) {
        json.writeStartArray();
        // What it holds goes out before what is written beside it.
        json.flush();
        StringBuilder text = new StringBuilder(BLOCK + LONGEST_BAR);
        for (int i = 0; i < bars.size(); i++) {
            appendFields(text.append(i == 0 ? "{" : ",{"), bars.get(i), numbers);
            text.append('}');
            if (text.length() > BLOCK) {
                move(text, target);
            }
        }
        move(text, target);
        json.writeEndArray();
    }

    private static void move(StringBuilder text, ResponseBuffer target) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        target.write(bytes, 0, bytes.length);
        text.setLength(0);
    }

    private static byte[] write(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, content);
        return bytes.toByteArray();
    }

    private static void write(OutputStream target, Consumer<JsonGenerator> content) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), target, JsonEncoding.UTF8)) {
            json.writeStartObject();
            content.accept(json);
            json.writeEndObject();
        }
    }
}

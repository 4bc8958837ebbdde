package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.bar.Violation;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads a JSON object, an array of them, or an answer of this service with its bars in {@code data}. Numbers are read
 * as text: no price passes through a double. For one JSON text and one thread.
 */
final class JsonReading {

    private static final int MAX_TEXT = 10_000;
    private static final String DATA = "data";

    /** The members of an answer that say nothing of a bar. */
    private static final Set<String> ANSWER = Set.of("timeframe", "adjustment", "revision", "count", "next", "missing");

    // NaN is no JSON; it is let through here so that it is refused by its pointer, with everything else that is wrong.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_TEXT)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final JsonParser parser;
    private final SourceLocation location;
    private final ImportCollector collector;
    private long elements;

    private JsonReading(JsonParser parser, SourceLocation location, ImportCollector collector) {
        this.parser = parser;
        this.location = location;
        this.collector = collector;
    }

    /**
     * Reads one JSON text.
     *
     * @param location of it, if it is a single object
     */
    static void read(Reader body, SourceLocation location, ImportCollector collector) throws IOException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            new JsonReading(parser, location, collector).text();
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            malformed(malformed(location, e), location, collector);
        }
    }

    private void text() {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_ARRAY && location.kind() == SourceLocation.Kind.DOCUMENT) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                element(SourceLocation.element(elements++), "").run();
            }
            if (parser.nextToken() != null) {
                collector.fatal(tooMuch());
            }
        } else if (first == null) {
            collector.fatal(Violation.of(location, "body", "missing", null, "a bar, or an array of bars"));
        } else {
            single();
        }
    }

    /** Counts as one row, whatever follows it: what ends before its line does is no good row and a bad one besides. */
    private void single() {
        Runnable handOver = element(location, "");
        if (parser.nextToken() == null) {
            handOver.run();
        } else {
            malformed(tooMuch(), location, collector);
        }
    }

    /**
     * Reads one element.
     *
     * @param ticker of the elements around it; empty if they do not say
     * @return what adds it to the collector
     */
    private Runnable element(SourceLocation where, String ticker) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            Violation violation = Violation.of(where, "bar", "not-an-object", text(parser), "a bar as a JSON object");
            return () -> collector.badRow(violation);
        }
        Row row = new Row(where);
        Map<String, String> unknown = new LinkedHashMap<>();
        boolean answer = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            Optional<Column> column = Column.ofField(name);
            if (column.isPresent()) {
                String text = cell(column.get());
                if (!row.set(column.get(), text)) {
                    collector.badField(Violation.at(where, name, "duplicate-field", text, "each field once"));
                }
            } else if (isData(where, name, value)) {
                answer = true;
                checkAnswer(unknown);
                data(row.text(Column.TICKER));
            } else if (where.kind() == SourceLocation.Kind.DOCUMENT) {
                // Not a fault in an answer, of which the bars may follow.
                unknown.put(name, text(parser));
            } else {
                collector.badField(unknownField(where, name, text(parser)));
            }
        }
        if (answer) {
            checkAnswer(unknown);
            return () -> {};
        }
        unknown.forEach((name, text) -> collector.badField(unknownField(where, name, text)));
        if (!ticker.isEmpty() && row.text(Column.TICKER).isEmpty()) {
            row.set(Column.TICKER, ticker);
        }
        return () -> collector.row(row);
    }

    private static Violation unknownField(SourceLocation where, String name, String text) {
        return Violation.at(where, name, "unknown-field", text, "timestamp, open, high, low, close, volume");
    }

    private boolean isData(SourceLocation where, String name, JsonToken value) {
        return where.kind() == SourceLocation.Kind.DOCUMENT
                && collector.options().start().isEmpty()
                && name.equals(DATA)
                && (value == JsonToken.START_ARRAY || value == JsonToken.START_OBJECT);
    }

    /** Reads the bars of an answer: an array of one ticker's, or an object with an array for each ticker. */
    private void data(String ticker) {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            bars(ticker);
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                bars(name);
            } else {
                collector.badRow(Violation.at(location, DATA, "not-an-array", text(parser), "an array of bars"));
            }
        }
    }

    private void bars(String ticker) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element(SourceLocation.dataElement(elements++), ticker).run();
        }
    }

    /** Refuses an answer whose bars would be stored as something else than they are. */
    private void checkAnswer(Map<String, String> members) {
        members.forEach((name, text) -> {
            String expected = switch (name) {
                case "timeframe" -> collector.options().timeframe().code();
                case "adjustment" -> "raw";
                default -> ANSWER.contains(name) ? text : "";
            };
            if (!text.equals(expected)) {
                String accepted = name.equals("timeframe")
                        ? expected + ", or the parameter timeframe=" + text
                        : name.equals("adjustment") ? "raw, as adjustment=raw returns" : "no such member";
                collector.fatal(Violation.at(location, name, "not-importable", text, accepted));
            }
        });
        members.clear();
    }

    /**
     * Returns a value as a cell: null is an empty cell. A boolean or a number that is spelt like a ticker is not a
     * ticker.
     */
    private String cell(Column column) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return "";
        }
        if (column != Column.TICKER || token == JsonToken.VALUE_STRING) {
            return text(parser);
        }
        return switch (token) {
            case VALUE_TRUE, VALUE_FALSE -> "boolean " + text(parser);
            case VALUE_NUMBER_FLOAT -> (parser.isNaN() ? "number " : "") + text(parser);
            default -> text(parser);
        };
    }

    /** Returns a scalar as it is written, and says of what is none that it is none; it will not pass for a number. */
    private static String text(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                parser.skipChildren();
                yield "{…}";
            }
            case START_ARRAY -> {
                parser.skipChildren();
                yield "[…]";
            }
            default -> parser.getString();
        };
    }

    private Violation tooMuch() {
        return Violation.of(location, "body", "malformed-json", parser.getString(), "nothing after the end");
    }

    private static void malformed(Violation violation, SourceLocation location, ImportCollector collector) {
        if (location.kind() == SourceLocation.Kind.LINE) {
            collector.badRow(violation);
        } else {
            collector.fatal(violation);
        }
    }

    private static Violation malformed(SourceLocation location, JacksonException e) {
        boolean lines = location.kind() == SourceLocation.Kind.LINE;
        // Jackson names no location if the nesting is too deep or a number too long.
        Optional<TokenStreamLocation> at = Optional.ofNullable(e.getLocation());
        SourceLocation found =
                at.map(place -> SourceLocation.line(place.getLineNr())).orElse(location);
        SourceLocation line = lines ? location : found;
        String what = e.getOriginalMessage()
                + at.map(place -> ", column " + place.getColumnNr()).orElse("");
        return Violation.of(line, "body", "malformed-json", what, "JSON as in RFC 8259");
    }
}

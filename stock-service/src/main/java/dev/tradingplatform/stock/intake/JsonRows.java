package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Place;
import dev.tradingplatform.stock.bar.Violation;
import java.io.IOException;
import java.io.Reader;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads a JSON object, or an array of them, number by number as text: no price passes through a double. */
final class JsonRows {

    private static final int LONGEST_TEXT = 10_000;

    // NaN is no JSON; it is let through here so that it is refused by its pointer, with everything else that is wrong.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_TEXT)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private JsonRows() {}

    static void read(Reader body, RowSink sink) throws IOException {
        read(body, Place.document(), sink);
    }

    /**
     * Reads one JSON text.
     *
     * @param place where it stands, if it is a single object
     */
    static void read(Reader body, Place place, RowSink sink) throws IOException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY && place.kind() == Place.Kind.DOCUMENT) {
                for (long i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    element(parser, Place.element(i), sink).run();
                }
            } else if (first == null) {
                sink.broken(Violation.of(place, "body", "missing", null, "a bar, or an array of bars"));
            } else {
                single(parser, place, sink);
                return;
            }
            if (parser.nextToken() != null) {
                sink.broken(tooMuch(parser, place));
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            malformed(malformed(place, e), place, sink);
        }
    }

    /** Counts as one row, whatever follows it: what ends before its line does is no good row and a bad one besides. */
    private static void single(JsonParser parser, Place place, RowSink sink) {
        Runnable handOver = element(parser, place, sink);
        if (parser.nextToken() == null) {
            handOver.run();
        } else {
            malformed(tooMuch(parser, place), place, sink);
        }
    }

    /** Reads one element, and returns what hands it over. */
    private static Runnable element(JsonParser parser, Place place, RowSink sink) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            Violation violation = Violation.of(place, "bar", "not-an-object", text(parser), "a bar as a JSON object");
            return () -> sink.spoiltRow(violation);
        }
        Map<Field, String> cells = new EnumMap<>(Field.class);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Optional<Field> field = Field.ofName(name);
            String value = field.isPresent() ? cell(parser, field.get()) : text(parser);
            if (field.isEmpty()) {
                sink.spoiltField(
                        Violation.at(place, name, "unknown-field", value, "timestamp, open, high, low, close, volume"));
            } else if (cells.put(field.get(), value) != null) {
                sink.spoiltField(Violation.at(place, name, "duplicate-field", value, "each field once"));
            }
        }
        return () -> sink.row(new Row(place, cells));
    }

    /**
     * Returns a value as a cell: null is an empty one, as most writers mean it, and a word or number that JSON has for
     * something else never passes for the ticker that is spelt like it.
     */
    private static String cell(JsonParser parser, Field field) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return "";
        }
        if (field != Field.TICKER || token == JsonToken.VALUE_STRING) {
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

    private static Violation tooMuch(JsonParser parser, Place place) {
        return Violation.of(place, "body", "malformed-json", parser.getString(), "nothing after the end");
    }

    private static void malformed(Violation violation, Place place, RowSink sink) {
        if (place.kind() == Place.Kind.LINE) {
            sink.spoiltRow(violation);
        } else {
            sink.broken(violation);
        }
    }

    private static Violation malformed(Place place, JacksonException e) {
        boolean lines = place.kind() == Place.Kind.LINE;
        // Jackson names no location if the nesting is too deep or a number too long.
        Optional<TokenStreamLocation> location = Optional.ofNullable(e.getLocation());
        Place found = location.map(at -> Place.line(at.getLineNr())).orElse(place);
        Place line = lines ? place : found;
        String what = e.getOriginalMessage()
                + location.map(at -> ", column " + at.getColumnNr()).orElse("");
        return Violation.of(line, "body", "malformed-json", what, "JSON as in RFC 8259");
    }
}

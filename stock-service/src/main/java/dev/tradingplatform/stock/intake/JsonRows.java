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
                    element(parser, Place.element(i), sink);
                }
            } else if (first == null) {
                sink.broken(Violation.of(place, "body", "missing", null, "a bar, or an array of bars"));
            } else {
                element(parser, place, sink);
            }
            if (parser.nextToken() != null) {
                malformed(
                        Violation.of(place, "body", "malformed-json", parser.getString(), "nothing after the end"),
                        place,
                        sink);
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            malformed(malformed(place, e), place, sink);
        }
    }

    private static void element(JsonParser parser, Place place, RowSink sink) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            sink.spoiltRow(Violation.of(place, "bar", "not-an-object", text(parser), "a bar as a JSON object"));
            return;
        }
        Map<Field, String> cells = new EnumMap<>(Field.class);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            String value = text(parser);
            Optional<Field> field = Field.ofName(name);
            if (field.isEmpty()) {
                sink.spoiltField(
                        Violation.at(place, name, "unknown-field", value, "timestamp, open, high, low, close, volume"));
            } else if (cells.put(field.get(), value) != null) {
                sink.spoiltField(Violation.at(place, name, "duplicate-field", value, "each field once"));
            }
        }
        sink.row(new Row(place, cells));
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

    private static void malformed(Violation violation, Place place, RowSink sink) {
        if (place.kind() == Place.Kind.LINE) {
            sink.spoiltRow(violation);
        } else {
            sink.broken(violation);
        }
    }

    private static Violation malformed(Place place, JacksonException e) {
        boolean lines = place.kind() == Place.Kind.LINE;
        Place line = lines ? place : Place.line(e.getLocation().getLineNr());
        String what = e.getOriginalMessage() + ", column " + e.getLocation().getColumnNr();
        return Violation.of(line, "body", "malformed-json", what, "JSON as in RFC 8259");
    }
}

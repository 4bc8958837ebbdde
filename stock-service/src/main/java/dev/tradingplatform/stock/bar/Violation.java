package dev.tradingplatform.stock.bar;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request, as the problem document lists it.
 *
 * @param line where, in CSV and NDJSON, from 1
 * @param pointer where, in JSON (RFC 6901)
 * @param field name of the field, column or parameter
 * @param code the kind of fault, such as {@code not-a-number}
 * @param value what was given, cut to {@value #LONGEST_VALUE} characters; absent if nothing was
 * @param message the same for people: {@code field: value (expected: …)}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Violation(
        @Nullable Long line,
        @Nullable String pointer,
        String field,
        String code,
        @Nullable String value,
        String message) {

    private static final int LONGEST_VALUE = 100;

    /** Describes a fault of a query or path parameter. */
    public static Violation parameter(String name, String code, @Nullable String value, String expected) {
        return new Violation(null, null, name, code, cut(value), message(name, cut(value), expected));
    }

    /** Describes a fault of a field in the body. */
    public static Violation at(
            SourceLocation location, String field, String code, @Nullable String value, String expected) {
        String shown = cut(value);
        Long line = location.kind() == SourceLocation.Kind.LINE ? Long.valueOf(location.number()) : null;
        return new Violation(line, pointer(location, field), field, code, shown, message(field, shown, expected));
    }

    /**
     * Describes a fault of a row, or of all of a body.
     *
     * @param what is faulty, such as {@code row}
     */
    public static Violation of(
            SourceLocation location, String what, String code, @Nullable String value, String expected) {
        Violation inField = at(location, what, code, value, expected);
        String row = location.kind() == SourceLocation.Kind.DOCUMENT ? "" : location.toString();
        return location.kind() == SourceLocation.Kind.LINE
                ? inField
                : new Violation(null, row, what, code, inField.value(), inField.message());
    }

    /** Returns the number of the line or element this is about, and 0 if it is about neither. */
    public long position() {
        if (line != null) {
            return line;
        }
        String path = pointer == null ? "" : pointer;
        String[] steps = (path.startsWith("/data/") ? path.substring("/data".length()) : path).split("/", 3);
        boolean element =
                steps.length > 1 && !steps[1].isEmpty() && steps[1].chars().allMatch(Character::isDigit);
        return element ? Long.parseLong(steps[1]) : 0;
    }

    private static @Nullable String pointer(SourceLocation location, String field) {
        String escaped = field.replace("~", "~0").replace("/", "~1");
        return switch (location.kind()) {
            case LINE -> null;
            case ELEMENT, DATA_ELEMENT -> location + "/" + escaped;
            case DOCUMENT -> "/" + escaped;
        };
    }

    private static String message(String field, @Nullable String shown, String expected) {
        return shown == null
                ? field + " is missing (expected: " + expected + ")"
                : field + ": " + shown + " (expected: " + expected + ")";
    }

    private static @Nullable String cut(@Nullable String value) {
        return value == null || value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + '…';
    }
}

package dev.tradingplatform.stock.bar;

/**
 * Where in a request a row stands.
 *
 * @param kind what {@code number} counts
 * @param number line from 1, or element from 0
 */
public record SourceLocation(Kind kind, long number) {

    /** What a location is counted in. */
    public enum Kind {
        /** A line of CSV or NDJSON. */
        LINE,
        /** An element of a JSON array. */
        ELEMENT,
        /** An element of the array {@code data} of a JSON object. */
        DATA_ELEMENT,
        /** The one JSON object that is the whole request. */
        DOCUMENT
    }

    /** Returns a location in a text of lines, the first being 1. */
    public static SourceLocation line(long number) {
        return new SourceLocation(Kind.LINE, number);
    }

    /** Returns a location in a JSON array, the first being 0. */
    public static SourceLocation element(long number) {
        return new SourceLocation(Kind.ELEMENT, number);
    }

    /** Returns a location in the array {@code data} of a JSON object, the first being 0. */
    public static SourceLocation dataElement(long number) {
        return new SourceLocation(Kind.DATA_ELEMENT, number);
    }

    /** Returns the location of a JSON object that stands alone. */
    public static SourceLocation document() {
        return new SourceLocation(Kind.DOCUMENT, 0);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case LINE -> "line " + number;
            case ELEMENT -> "/" + number;
            case DATA_ELEMENT -> "/data/" + number;
            case DOCUMENT -> "the document";
        };
    }
}

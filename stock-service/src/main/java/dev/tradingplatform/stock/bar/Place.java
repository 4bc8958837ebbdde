package dev.tradingplatform.stock.bar;

/**
 * Where in a request a row stands.
 *
 * @param kind what {@code number} counts
 * @param number line from 1, or element from 0
 */
public record Place(Kind kind, long number) {

    /** What a place is counted in. */
    public enum Kind {
        /** A line of CSV or NDJSON. */
        LINE,
        /** An element of a JSON array. */
        ELEMENT,
        /** The one JSON object that is the whole request. */
        DOCUMENT
    }

    /** Returns a place in a text of lines, the first being 1. */
    public static Place line(long number) {
        return new Place(Kind.LINE, number);
    }

    /** Returns a place in a JSON array, the first being 0. */
    public static Place element(long number) {
        return new Place(Kind.ELEMENT, number);
    }

    /** Returns the place of a JSON object that stands alone. */
    public static Place document() {
        return new Place(Kind.DOCUMENT, 0);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case LINE -> "line " + number;
            case ELEMENT -> "/" + number;
            case DOCUMENT -> "the document";
        };
    }
}

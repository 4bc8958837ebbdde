package dev.tradingplatform.stock.bar;

/**
 * A bar that was read from a request.
 *
 * @param key the series it belongs to
 * @param bar the bar
 * @param location where in the request it stands
 */
public record ParsedBar(SeriesKey key, Bar bar, SourceLocation location) implements Comparable<ParsedBar> {

    /** By series, then start, then location in the request. */
    @Override
    public int compareTo(ParsedBar other) {
        int byKey = key.equals(other.key) ? 0 : key.compareTo(other.key);
        if (byKey != 0) {
            return byKey;
        }
        int byStart = Long.compare(bar.start(), other.bar.start());
        return byStart != 0 ? byStart : Long.compare(location.number(), other.location.number());
    }

    /** Tells whether this is a bar of the same series and start as another. */
    public boolean collidesWith(ParsedBar other) {
        return bar.start() == other.bar.start() && key.equals(other.key);
    }
}

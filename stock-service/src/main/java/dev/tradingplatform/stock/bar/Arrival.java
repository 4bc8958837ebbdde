package dev.tradingplatform.stock.bar;

/**
 * A good bar on its way in.
 *
 * @param key the series it belongs to
 * @param bar the bar
 * @param place where in the request it stands
 */
public record Arrival(SeriesKey key, Bar bar, Place place) implements Comparable<Arrival> {

    /** By series, then start, then place in the request. */
    @Override
    public int compareTo(Arrival other) {
        int byKey = key.equals(other.key) ? 0 : key.compareTo(other.key);
        if (byKey != 0) {
            return byKey;
        }
        int byStart = Long.compare(bar.start(), other.bar.start());
        return byStart != 0 ? byStart : Long.compare(place.number(), other.place.number());
    }

    /** Tells whether this is meant for the same place in time as another. */
    public boolean collidesWith(Arrival other) {
        return bar.start() == other.bar.start() && key.equals(other.key);
    }
}

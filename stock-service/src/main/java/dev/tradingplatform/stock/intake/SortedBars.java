package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Arrival;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted runs of bars into one, by series and start. Of bars that collide only the first of the body comes out.
 */
final class SortedBars implements Iterator<Arrival> {

    private final PriorityQueue<Head> heads = new PriorityQueue<>();
    private final BiConsumer<Arrival, Arrival> collision;
    private @Nullable Arrival next;

    /**
     * Begins at the first bar.
     *
     * @param runs each sorted
     * @param collision takes a bar that is left out, and the earlier one it collides with
     */
    SortedBars(List<Iterator<Arrival>> runs, BiConsumer<Arrival, Arrival> collision) {
        this.collision = collision;
        runs.forEach(this::queue);
        this.next = poll();
    }

    /** Returns bars as a run. */
    static Iterator<Arrival> sorted(List<Arrival> bars) {
        List<Arrival> sorted = new ArrayList<>(bars);
        sorted.sort(null);
        return sorted.iterator();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Arrival next() {
        Arrival current = next;
        if (current == null) {
            throw new NoSuchElementException();
        }
        Arrival following = poll();
        while (following != null && following.collidesWith(current)) {
            collision.accept(following, current);
            following = poll();
        }
        next = following;
        return current;
    }

    private @Nullable Arrival poll() {
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        queue(head.rest());
        return head.first();
    }

    private void queue(Iterator<Arrival> run) {
        if (run.hasNext()) {
            heads.add(new Head(run.next(), run));
        }
    }

    private record Head(Arrival first, Iterator<Arrival> rest) implements Comparable<Head> {

        @Override
        public int compareTo(Head other) {
            return first.compareTo(other.first);
        }
    }
}

package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.ParsedBar;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Merges sorted runs of bars into one, by series and start, with one bar for each of them. */
final class SortedBars implements Iterator<ParsedBar> {

    private final PriorityQueue<Head> heads = new PriorityQueue<>();
    private final boolean keepsLast;
    private final BiConsumer<ParsedBar, ParsedBar> collision;
    private @Nullable ParsedBar next;

    /**
     * Begins at the first bar.
     *
     * @param runs each sorted
     * @param policy decides which of several bars at one start is returned; the first, unless it is {@code LAST}
     * @param collision takes a later bar and the earlier one that it collides with
     */
    SortedBars(List<Iterator<ParsedBar>> runs, DuplicatePolicy policy, BiConsumer<ParsedBar, ParsedBar> collision) {
        this.keepsLast = policy == DuplicatePolicy.LAST;
        this.collision = collision;
        runs.forEach(this::queue);
        this.next = poll();
    }

    /** Returns bars as a run. */
    static Iterator<ParsedBar> sorted(List<ParsedBar> bars) {
        List<ParsedBar> sorted = new ArrayList<>(bars);
        sorted.sort(null);
        return sorted.iterator();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public ParsedBar next() {
        ParsedBar current = next;
        if (current == null) {
            throw new NoSuchElementException();
        }
        ParsedBar following = poll();
        while (following != null && following.collidesWith(current)) {
            collision.accept(following, current);
            current = keepsLast ? following : current;
            following = poll();
        }
        next = following;
        return current;
    }

    private @Nullable ParsedBar poll() {
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        queue(head.rest());
        return head.first();
    }

    private void queue(Iterator<ParsedBar> run) {
        if (run.hasNext()) {
            heads.add(new Head(run.next(), run));
        }
    }

    private record Head(ParsedBar first, Iterator<ParsedBar> rest) implements Comparable<Head> {

        @Override
        public int compareTo(Head other) {
            return first.compareTo(other.first);
        }
    }
}

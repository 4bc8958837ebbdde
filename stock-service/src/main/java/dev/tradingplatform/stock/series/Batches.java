package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.ParsedBar;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Cuts sorted bars into pieces of one series each, of a size that fits memory and a batch. For one thread. */
final class Batches implements Iterator<List<ParsedBar>> {

    private final Iterator<ParsedBar> bars;
    private final int size;
    private @Nullable ParsedBar next;

    Batches(Iterator<ParsedBar> bars, int size) {
        this.bars = bars;
        this.size = size;
        this.next = bars.hasNext() ? bars.next() : null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public List<ParsedBar> next() {
        ParsedBar first = next;
        if (first == null) {
            throw new NoSuchElementException();
        }
        List<ParsedBar> batch = new ArrayList<>(size);
        for (ParsedBar bar = first; bar != null; bar = next) {
            if (batch.size() == size || !bar.key().equals(first.key())) {
                break;
            }
            batch.add(bar);
            next = bars.hasNext() ? bars.next() : null;
        }
        return batch;
    }
}

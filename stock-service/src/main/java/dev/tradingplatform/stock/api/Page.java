package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.series.Series;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes on as many bars as a page has, and notes whether there was one more. For one thread. */
final class Page implements Consumer<StoredBar> {

    private final int limit;
    private final Consumer<StoredBar> receiver;
    private int count;
    private boolean more;
    private @Nullable StoredBar last;

    Page(int limit, Consumer<StoredBar> receiver) {
        this.limit = limit;
        this.receiver = receiver;
    }

    @Override
    public void accept(StoredBar bar) {
        if (count == limit) {
            more = true;
            return;
        }
        count++;
        last = bar;
        receiver.accept(bar);
    }

    boolean isLast() {
        return !more || last == null;
    }

    /** Returns the start of the last bar; there must be one. */
    long end() {
        StoredBar bar = last;
        if (bar == null) {
            throw new IllegalStateException("an empty page");
        }
        return bar.bar().start();
    }

    /**
     * What a page shows.
     *
     * @param series what the bars belong to
     * @param adjustment of prices and volumes
     * @param numbers form of prices and volumes
     * @param bars as they are shown
     */
    record Content(Series series, String adjustment, JsonNumbers numbers, List<StoredBar> bars) {}
}

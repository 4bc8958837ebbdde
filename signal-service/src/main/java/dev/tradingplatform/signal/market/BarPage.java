package dev.tradingplatform.signal.market;

import dev.tradingplatform.signal.bar.Bar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of bars as stock-service sends it; only what is read here.
 *
 * @param revision the ticker's revision when the page was read
 * @param data oldest first
 * @param next path and query of the next page; null on the last one
 */
record BarPage(long revision, List<Bar> data, @Nullable String next) {

    /** Copies the list; one that is missing is refused. */
    BarPage {
        data = List.copyOf(data);
    }
}

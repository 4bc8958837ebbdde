package dev.tradingplatform.signal.market;

import java.util.List;

/**
 * The splits of a ticker as stock-service sends them; only what is read here.
 *
 * @param data oldest first
 */
record SplitList(List<Split> data) {

    /** Copies the list; one that is missing is refused. */
    SplitList {
        data = List.copyOf(data);
    }
}

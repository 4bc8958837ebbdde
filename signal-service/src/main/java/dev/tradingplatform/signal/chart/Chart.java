package dev.tradingplatform.signal.chart;

import dev.tradingplatform.signal.answer.Column;
import dev.tradingplatform.signal.answer.Csv;
import dev.tradingplatform.signal.market.Source;
import dev.tradingplatform.signal.market.Ticker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Columns over the same bars.
 *
 * @param ticker whose bars
 * @param count how many bars are shown
 * @param timestamps start of each bar
 * @param series columns by name, each as long as the timestamps; null before warm-up
 * @param source where the bars came from
 */
record Chart(Ticker ticker, int count, List<Instant> timestamps, Map<String, Column> series, Source source) {

    /** The same as a table, empty before warm-up; the source is left to headers. */
    Csv table(String what) {
        List<String> header = new ArrayList<>(List.of("timestamp"));
        header.addAll(series.keySet());
        return new Csv(ticker + "-" + what, header, IntStream.range(0, count).mapToObj(this::row));
    }

    private List<String> row(int index) {
        List<String> row = new ArrayList<>(series.size() + 1);
        row.add(timestamps.get(index).toString());
        series.values().forEach(column -> row.add(column.text(index)));
        return row;
    }
}

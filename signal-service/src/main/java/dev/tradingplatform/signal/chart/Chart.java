package dev.tradingplatform.signal.chart;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tradingplatform.signal.answer.Column;
import dev.tradingplatform.signal.answer.Csv;
import dev.tradingplatform.signal.market.SeriesKey;
import dev.tradingplatform.signal.market.Source;
import dev.tradingplatform.signal.market.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Columns over the same bars.
 *
 * @param key whose bars, as ticker, timeframe and adjustment
 * @param count how many bars are shown
 * @param timestamps start of each bar
 * @param series columns by name, each as long as the timestamps; null before warm-up
 * @param splits of the ticker, oldest first; absent with indicators
 * @param source where the bars came from
 */
record Chart(
        @JsonUnwrapped SeriesKey key,
        int count,
        List<Instant> timestamps,
        Map<String, Column> series,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<Split>> splits,
        Source source) {

    /** The same as a table, empty before warm-up; the source is left to headers. */
    Csv table(String what) {
        List<String> header = new ArrayList<>(List.of("timestamp"));
        header.addAll(series.keySet());
        return new Csv(
                key.ticker() + "-" + what, header, IntStream.range(0, count).mapToObj(this::row));
    }

    private List<String> row(int index) {
        List<String> row = new ArrayList<>(series.size() + 1);
        row.add(timestamps.get(index).toString());
        series.values().forEach(column -> row.add(column.text(index)));
        return row;
    }
}

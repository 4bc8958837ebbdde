package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Price;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Volume;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes bars as CSV that imports again to the same bytes. No field ever needs quotes. */
final class BarsCsv {

    private static final String HEADER = "timestamp,open,high,low,close,volume\n";

    private BarsCsv() {}

    static byte[] page(List<StoredBar> bars) {
        StringBuilder csv = new StringBuilder(HEADER);
        bars.forEach(bar -> append(csv, bar.bar()));
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] many(Map<String, List<StoredBar>> barsByTicker) {
        StringBuilder csv = new StringBuilder("ticker,").append(HEADER);
        barsByTicker.forEach(
                (ticker, bars) -> bars.forEach(bar -> append(csv.append(ticker).append(','), bar.bar())));
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder csv, Bar bar) {
        csv.append(TimestampFormat.text(bar.start())).append(',');
        csv.append(Price.text(bar.open())).append(',');
        csv.append(Price.text(bar.high())).append(',');
        csv.append(Price.text(bar.low())).append(',');
        csv.append(Price.text(bar.close())).append(',');
        csv.append(Volume.text(bar.volume())).append('\n');
    }
}

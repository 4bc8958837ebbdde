package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Price;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Volume;
import dev.tradingplatform.stock.spool.SpooledBytes;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes bars line by line, as CSV or NDJSON that imports again to the same bytes. Nothing in them ever needs quotes or
 * escapes: a ticker is made of harmless characters, the rest of digits.
 */
final class BarLines implements Consumer<StoredBar> {

    private static final String HEADER = "timestamp,open,high,low,close,volume\n";

    private final SpooledBytes target;
    private final Representation representation;
    private final StringBuilder line = new StringBuilder();
    private String ticker = "";

    /**
     * Writes the header, if there is one.
     *
     * @param many whether each line is to begin with a ticker
     */
    BarLines(SpooledBytes target, Representation representation, boolean many) {
        this.target = target;
        this.representation = representation;
        if (representation == Representation.CSV) {
            line.append(many ? "ticker," : "").append(HEADER);
            flush();
        }
    }

    /** Sets the ticker of the lines that follow. */
    BarLines of(String next) {
        ticker = representation == Representation.CSV ? next + ',' : "\"ticker\":\"" + next + "\",";
        return this;
    }

    @Override
    public void accept(StoredBar stored) {
        if (representation == Representation.CSV) {
            csv(stored.bar());
        } else {
            ndjson(stored);
        }
        flush();
    }

    private void csv(Bar bar) {
        line.append(ticker).append(TimestampFormat.text(bar.start())).append(',');
        line.append(Price.text(bar.open())).append(',');
        line.append(Price.text(bar.high())).append(',');
        line.append(Price.text(bar.low())).append(',');
        line.append(Price.text(bar.close())).append(',');
        line.append(Volume.text(bar.volume())).append('\n');
    }

    private void ndjson(StoredBar stored) {
        Bar bar = stored.bar();
        line.append('{').append(ticker);
        line.append("\"timestamp\":\"").append(TimestampFormat.text(bar.start()));
        line.append("\",\"open\":").append(Price.text(bar.open()));
        line.append(",\"high\":").append(Price.text(bar.high()));
        line.append(",\"low\":").append(Price.text(bar.low()));
        line.append(",\"close\":").append(Price.text(bar.close()));
        line.append(",\"volume\":").append(Volume.text(bar.volume()));
        line.append(",\"version\":").append(stored.version()).append("}\n");
    }

    private void flush() {
        byte[] bytes = line.toString().getBytes(StandardCharsets.US_ASCII);
        target.write(bytes, 0, bytes.length);
        line.setLength(0);
    }
}

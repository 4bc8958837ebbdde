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
        line.append(ticker);
        TimestampFormat.append(line, bar.start());
        Price.append(line.append(','), bar.open());
        Price.append(line.append(','), bar.high());
        Price.append(line.append(','), bar.low());
        Price.append(line.append(','), bar.close());
        Volume.append(line.append(','), bar.volume());
        line.append('\n');
    }

    private void ndjson(StoredBar stored) {
        line.append('{').append(ticker);
        BarsJson.appendFields(line, stored);
        line.append("}\n");
    }

    private void flush() {
        byte[] bytes = line.toString().getBytes(StandardCharsets.US_ASCII);
        target.write(bytes, 0, bytes.length);
        line.setLength(0);
    }
}

package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.BarColumns;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.limits.ResponseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes bars line by line, as CSV or NDJSON that imports again to the same bytes. Nothing in them ever needs quotes or
 * escapes: a ticker is made of harmless characters, the rest of digits.
 */
final class BarLines implements Consumer<StoredBar> {

    private final ResponseBuffer target;
    private final Representation representation;
    private final JsonNumbers numbers;
    private final StringBuilder line = new StringBuilder();
    private String ticker = "";

    /**
     * Writes the header, if there is one.
     *
     * @param numbers form of the numbers of NDJSON
     * @param many whether each line is to begin with a ticker
     */
    BarLines(ResponseBuffer target, Representation representation, JsonNumbers numbers, boolean many) {
        this.target = target;
        this.representation = representation;
        this.numbers = numbers;
        if (representation == Representation.CSV) {
            line.append(many ? "ticker," : "").append(BarColumns.CSV).append('\n');
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
        BarColumns.appendCsv(line.append(ticker), bar);
        line.append('\n');
    }

    private void ndjson(StoredBar stored) {
        line.append('{').append(ticker);
        BarsJson.appendFields(line, stored, numbers);
        line.append("}\n");
    }

    private void flush() {
        byte[] bytes = line.toString().getBytes(StandardCharsets.US_ASCII);
        target.write(bytes, 0, bytes.length);
        line.setLength(0);
    }
}

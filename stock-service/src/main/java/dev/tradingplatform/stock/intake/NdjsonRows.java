package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;

/** Reads one JSON object a line; empty lines are passed over. */
final class NdjsonRows {

    private NdjsonRows() {}

    static void read(Reader body, RowSink sink) throws IOException {
        BufferedReader lines = new BufferedReader(body);
        String line;
        for (long number = 1; (line = lines.readLine()) != null; number++) {
            if (!line.isBlank()) {
                JsonRows.read(new StringReader(line), Place.line(number), sink);
            }
        }
    }
}

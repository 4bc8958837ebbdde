package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Place;
import dev.tradingplatform.stock.bar.Violation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;

/** Reads one JSON object a line; empty lines are passed over, and a malformed one spoils no other. */
final class NdjsonRows {

    private static final int LONGEST = 10_000;

    private NdjsonRows() {}

    static void read(Reader body, RowSink sink) throws IOException {
        BufferedReader lines = new BufferedReader(body);
        StringBuilder line = new StringBuilder();
        for (long number = 1; next(lines, line); number++) {
            if (line.length() > LONGEST) {
                sink.spoiltRow(Violation.at(
                        Place.line(number), "row", "too-long", line.toString(), "at most " + LONGEST + " characters"));
            } else if (!line.toString().isBlank()) {
                JsonRows.read(new StringReader(line.toString()), Place.line(number), sink);
            }
        }
    }

    /** Reads to the end of a line, of which it keeps no more than shows that it is too long. */
    private static boolean next(Reader lines, StringBuilder line) throws IOException {
        line.setLength(0);
        int character = lines.read();
        boolean any = character >= 0;
        while (character >= 0 && character != '\n') {
            if (line.length() <= LONGEST) {
                line.append((char) character);
            }
            character = lines.read();
        }
        return any;
    }
}

package dev.tradingplatform.stock.intake;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/** How a body is written. */
public enum BodyFormat {
    /** RFC 4180 with a header line. */
    CSV,
    /** One object, or an array of them. */
    JSON,
    /** One JSON object a line. */
    NDJSON;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    void read(Reader source, RowSink sink) throws IOException {
        PushbackReader body = new PushbackReader(source);
        int first = body.read();
        // Spreadsheets begin a file with one; it is no part of the first column's name.
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            body.unread(first);
        }
        switch (this) {
            case CSV -> CsvRows.read(body, sink);
            case JSON -> JsonRows.read(body, sink);
            case NDJSON -> NdjsonRows.read(body, sink);
        }
    }
}

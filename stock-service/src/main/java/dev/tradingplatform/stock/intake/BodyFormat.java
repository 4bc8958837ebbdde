package dev.tradingplatform.stock.intake;

import java.io.IOException;
import java.io.Reader;

/** How a body is written. */
public enum BodyFormat {
    /** RFC 4180 with a header line. */
    CSV,
    /** One object, or an array of them. */
    JSON,
    /** One JSON object a line. */
    NDJSON;

    void read(Reader body, RowSink sink) throws IOException {
        switch (this) {
            case CSV -> CsvRows.read(body, sink);
            case JSON -> JsonRows.read(body, sink);
            case NDJSON -> NdjsonRows.read(body, sink);
        }
    }
}

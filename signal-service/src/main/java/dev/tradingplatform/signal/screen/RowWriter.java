package dev.tradingplatform.signal.screen;

import dev.tradingplatform.signal.answer.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Writes rows as they come: an array with a row a line, or the lines alone. For one thread. */
final class RowWriter {

    private final OutputStream out;
    private final JsonMapper json;
    private final boolean array;
    private boolean begun;

    RowWriter(OutputStream out, JsonMapper json, Format format) {
        this.out = out;
        this.json = json;
        this.array = format == Format.JSON;
    }

    /** Writes a row through to the client: it may be seconds until the next one. */
    void write(Row row) throws IOException {
        if (array) {
            text(begun ? ",\n" : "[\n");
        }
        begun = true;
        out.write(json.writeValueAsBytes(row));
        if (!array) {
            text("\n");
        }
        out.flush();
    }

    void end() throws IOException {
        if (array) {
            text(begun ? "\n]\n" : "[]\n");
        }
        out.flush();
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}

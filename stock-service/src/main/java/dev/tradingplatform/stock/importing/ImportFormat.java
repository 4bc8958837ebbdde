package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.bar.Violation;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How a body is written. */
public enum ImportFormat {
    /** Values between separators, with a header line. */
    CSV,
    /** One object, an array of them, or an answer of this service. */
    JSON,
    /** One JSON object a line. */
    NDJSON;

    private static final int MAX_LINE = 10_000;
    private static final int LOOKAHEAD = 4096;

    /**
     * Recognises the format of a body of which the type is not known. Reads the beginning and returns to it.
     *
     * @param body supports mark and reset
     */
    public static ImportFormat of(InputStream body) throws IOException {
        body.mark(LOOKAHEAD);
        byte[] bytes = body.readNBytes(LOOKAHEAD);
        body.reset();
        String text = new String(bytes, charset(bytes, StandardCharsets.UTF_8))
                .replace("\uFEFF", "")
                .stripLeading();
        if (text.startsWith("[")) {
            return JSON;
        }
        int end = text.indexOf('\n');
        boolean lines = end > 0 && text.substring(0, end).stripTrailing().endsWith("}");
        if (text.startsWith("{")) {
            return lines ? NDJSON : JSON;
        }
        return CSV;
    }

    void read(InputStream source, Charset named, ImportCollector collector) throws IOException {
        Reader body = reader(source, named);
        switch (this) {
            case CSV -> CsvReading.read(body, collector);
            case JSON -> JsonReading.read(body, SourceLocation.document(), collector);
            case NDJSON -> lines(body, collector);
        }
    }

    /** Returns the text after the byte order mark, which decides on the encoding if there is one. */
    private static Reader reader(InputStream source, Charset named) throws IOException {
        BufferedInputStream body = new BufferedInputStream(source, 1 << 14);
        body.mark(4);
        byte[] begin = body.readNBytes(4);
        body.reset();
        Charset charset = charset(begin, named);
        int mark = mark(begin);
        body.skipNBytes(mark);
        return new InputStreamReader(body, charset);
    }

    private static int mark(byte[] begin) {
        if (begin.length >= 2 && isUtf16Mark(begin)) {
            return 2;
        }
        byte[] utf8 = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        return begin.length >= 3 && Arrays.equals(begin, 0, 3, utf8, 0, 3) ? 3 : 0;
    }

    private static boolean isUtf16Mark(byte[] begin) {
        return (begin[0] == (byte) 0xFF && begin[1] == (byte) 0xFE)
                || (begin[0] == (byte) 0xFE && begin[1] == (byte) 0xFF);
    }

    private static Charset charset(byte[] begin, Charset named) {
        if (begin.length < 2) {
            return named;
        }
        boolean mark = isUtf16Mark(begin);
        if ((mark && begin[0] == (byte) 0xFF) || (begin[0] != 0 && begin[1] == 0)) {
            return StandardCharsets.UTF_16LE;
        }
        if (mark || (begin[0] == 0 && begin[1] != 0)) {
            return StandardCharsets.UTF_16BE;
        }
        return mark(begin) > 0 ? StandardCharsets.UTF_8 : named;
    }

    /** Reads one JSON object a line. Skips empty lines; a malformed line does not affect the others. */
    private static void lines(Reader body, ImportCollector collector) throws IOException {
        BufferedReader lines = new BufferedReader(body);
        StringBuilder line = new StringBuilder();
        for (long number = 1; next(lines, line); number++) {
            if (line.length() > MAX_LINE) {
                collector.badRow(Violation.at(
                        SourceLocation.line(number),
                        "row",
                        "too-long",
                        line.toString(),
                        "at most " + MAX_LINE + " characters"));
            } else if (!line.toString().isBlank()) {
                JsonReading.read(new StringReader(line.toString()), SourceLocation.line(number), collector);
            }
        }
    }

    /** Reads to the end of a line, of which it keeps no more than shows that it is too long. */
    private static boolean next(Reader lines, StringBuilder line) throws IOException {
        line.setLength(0);
        int character = lines.read();
        boolean any = character >= 0;
        while (character >= 0 && character != '\n') {
            if (line.length() <= MAX_LINE) {
                line.append((char) character);
            }
            character = lines.read();
        }
        return any;
    }
}

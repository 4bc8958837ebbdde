package dev.tradingplatform.stock.intake;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.tradingplatform.stock.bar.Place;
import dev.tradingplatform.stock.bar.Violation;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads CSV: any column order, the usual names, BOM, CRLF, quotes, empty lines. */
final class CsvRows {

    /** Characters of a line, all its fields together; the parser's own limits would let one take 128 MB. */
    private static final int LONGEST_RECORD = 1 << 16;

    private static final int MOST_FIELDS = 100;

    private CsvRows() {}

    static void read(Reader body, RowSink sink) throws IOException {
        long line = 0;
        try {
            CsvReader<CsvRecord> csv = CsvReader.builder()
                    .maxBufferSize(LONGEST_RECORD)
                    .allowUnclosedQuote(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .build(
                            CsvRecordHandler.builder()
                                    .maxFields(MOST_FIELDS)
                                    .maxFieldSize(LONGEST_RECORD)
                                    .maxRecordSize(LONGEST_RECORD)
                                    .build(),
                            body);
            Iterator<CsvRecord> records = csv.iterator();
            if (!records.hasNext()) {
                sink.broken(
                        broken(1, "missing-header", "", "a header line, such as timestamp,open,high,low,close,volume"));
                return;
            }
            CsvRecord header = records.next();
            line = header.getStartingLineNumber();
            Optional<List<Optional<Field>>> columns = columns(header, sink);
            while (columns.isPresent() && records.hasNext()) {
                CsvRecord csvRecord = records.next();
                line = csvRecord.getStartingLineNumber();
                row(csvRecord, columns.get(), sink);
            }
        } catch (CsvParseException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            sink.broken(broken(line + 1, "malformed-csv", String.valueOf(e.getMessage()), "CSV as in RFC 4180"));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<List<Optional<Field>>> columns(CsvRecord header, RowSink sink) {
        List<Optional<Field>> columns = new ArrayList<>();
        Set<Field> missing = EnumSet.range(Field.TIMESTAMP, Field.VOLUME);
        Set<Field> seen = EnumSet.noneOf(Field.class);
        for (String name : header.getFields()) {
            Optional<Field> field = Field.ofColumn(name);
            if (field.isPresent() && !seen.add(field.get())) {
                sink.broken(broken(header.getStartingLineNumber(), "duplicate-column", name, "each column once"));
                return Optional.empty();
            }
            field.ifPresentOrElse(missing::remove, () -> sink.ignored(name));
            columns.add(field);
        }
        if (missing.isEmpty()) {
            return Optional.of(columns);
        }
        String names = String.join(", ", missing.stream().map(Field::label).toList());
        sink.broken(broken(
                header.getStartingLineNumber(),
                "missing-column",
                String.join(",", header.getFields()),
                "a header line that also names " + names));
        return Optional.empty();
    }

    private static void row(CsvRecord csvRecord, List<Optional<Field>> columns, RowSink sink) {
        Place place = Place.line(csvRecord.getStartingLineNumber());
        if (csvRecord.getFieldCount() != columns.size()) {
            String fields = String.join(",", csvRecord.getFields());
            sink.spoiltRow(Violation.at(place, "row", "wrong-number-of-fields", fields, columns.size() + " fields"));
            return;
        }
        Map<Field, String> cells = new EnumMap<>(Field.class);
        for (int i = 0; i < columns.size(); i++) {
            Optional<Field> field = columns.get(i);
            if (field.isPresent()) {
                cells.put(field.get(), csvRecord.getField(i).strip());
            }
        }
        sink.row(new Row(place, cells));
    }

    private static Violation broken(long line, String code, String value, String expected) {
        return Violation.at(Place.line(line), line == 1 ? "header" : "row", code, value, expected);
    }
}

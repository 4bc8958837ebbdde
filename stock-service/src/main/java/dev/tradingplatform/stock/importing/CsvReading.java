package dev.tradingplatform.stock.importing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.bar.Violation;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads CSV as tools and spreadsheets write it. Separator and columns are recognised from the first lines: a title, an
 * empty line or {@code sep=;} may stand before the header line. For one body and one thread.
 */
final class CsvReading {

    /** Characters of a line, all its fields together; the parser's own limits would let one take 128 MB. */
    private static final int MAX_RECORD = 1 << 16;

    private static final int MAX_FIELDS = 100;

    /** Characters that are looked at to find the separator. */
    private static final int LOOKAHEAD = 1 << 14;

    /** Records among which the header line is searched. */
    private static final int HEADER_WITHIN = 20;

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
    private static final Set<String> INDEX_NAMES = Set.of("date", "datetime");

    private final ImportCollector collector;
    private final List<CsvRecord> before = new ArrayList<>();
    private String ticker = "";

    private CsvReading(ImportCollector collector) {
        this.collector = collector;
    }

    static void read(Reader source, ImportCollector collector) throws IOException {
        PushbackReader body = new PushbackReader(source, LOOKAHEAD);
        char separator = separator(lookahead(body));
        new CsvReading(collector).read(body, separator);
    }

    private void read(Reader body, char separator) throws IOException {
        long line = 0;
        try {
            Iterator<CsvRecord> records = records(body, separator);
            if (!records.hasNext()) {
                fatal(1, "missing-header", "", "a header line, such as timestamp,open,high,low,close,volume");
                return;
            }
            Optional<CsvHeader> header = Optional.empty();
            while (header.isEmpty() && !collector.isBroken() && before.size() < HEADER_WITHIN && records.hasNext()) {
                CsvRecord next = records.next();
                line = next.getStartingLineNumber();
                header = header(next, records);
            }
            if (header.isEmpty()) {
                header = withoutHeader();
            }
            if (header.isPresent()) {
                collector.csv(separator, header.get());
                for (CsvRecord row : before) {
                    row(row, header.get());
                }
            }
            while (header.isPresent() && records.hasNext()) {
                CsvRecord next = records.next();
                line = next.getStartingLineNumber();
                row(next, header.get());
            }
        } catch (CsvParseException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            fatal(line + 1, "malformed-csv", String.valueOf(e.getMessage()), "CSV as in RFC 4180");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns the columns if a record is the header line; what comes before it is a title, and no row. */
    private Optional<CsvHeader> header(CsvRecord csvRecord, Iterator<CsvRecord> records) {
        CsvHeader header = CsvHeader.of(csvRecord.getFields());
        boolean yfinance = isNamed(csvRecord, Set.of("price")) && csvRecord.getFieldCount() > 1 && records.hasNext();
        if (yfinance && header.index(Column.TIMESTAMP) == null) {
            return multiLineHeader(csvRecord, records);
        }
        if (!header.missing().isEmpty()) {
            before.add(csvRecord);
            return Optional.empty();
        }
        before.forEach(title -> collector.dropped(note(title)));
        before.clear();
        return withoutDuplicates(header, csvRecord);
    }

    /** Reads the header of yfinance: the names, then the tickers, then the name of the first column alone. */
    private Optional<CsvHeader> multiLineHeader(CsvRecord names, Iterator<CsvRecord> records) {
        CsvRecord tickers = records.next();
        List<String> fields = new ArrayList<>(names.getFields());
        fields.set(0, "timestamp");
        CsvHeader header = CsvHeader.of(fields);
        if (!isNamed(tickers, Set.of("ticker")) || !header.missing().isEmpty()) {
            before.add(names);
            before.add(tickers);
            return Optional.empty();
        }
        ticker = tickers.getFieldCount() > 1 ? tickers.getField(1).strip() : "";
        CsvRecord index = records.hasNext() ? records.next() : tickers;
        if (!isNamed(index, INDEX_NAMES) && !isNamed(index, Set.of("ticker"))) {
            before.add(index);
        }
        return withoutDuplicates(header, names);
    }

    private Optional<CsvHeader> withoutDuplicates(CsvHeader header, CsvRecord csvRecord) {
        Optional<String> duplicate = header.duplicate();
        duplicate.ifPresent(
                name -> fatal(csvRecord.getStartingLineNumber(), "duplicate-column", name, "each column once"));
        return duplicate.isPresent() ? Optional.empty() : Optional.of(header);
    }

    private Optional<CsvHeader> withoutHeader() {
        if (collector.isBroken() || before.isEmpty()) {
            return Optional.empty();
        }
        CsvRecord first = before.getFirst();
        Optional<CsvHeader> header = CsvHeader.withoutNames(first.getFields());
        if (header.isEmpty()) {
            CsvRecord best = before.stream()
                    .max(Comparator.comparingInt(CsvReading::known))
                    .filter(line -> known(line) > known(first))
                    .orElse(first);
            String names = CsvHeader.of(best.getFields()).missing().stream()
                    .map(Column::label)
                    .collect(Collectors.joining(", "));
            fatal(
                    best.getStartingLineNumber(),
                    "missing-column",
                    String.join(",", best.getFields()),
                    "a header line that also names " + names);
        }
        return header;
    }

    private static int known(CsvRecord csvRecord) {
        return CsvHeader.of(csvRecord.getFields()).indexes().size();
    }

    private void row(CsvRecord csvRecord, CsvHeader header) {
        int columns = header.names().size();
        int fields = csvRecord.getFieldCount();
        if (fields != columns && !isBlankFrom(csvRecord, columns)) {
            wrongNumberOfFields(csvRecord, header);
            return;
        }
        if (csvRecord.getField(0).equals(header.names().getFirst())
                && csvRecord.getFields().equals(header.names())) {
            collector.dropped(note(csvRecord));
            return;
        }
        Row row = new Row(SourceLocation.line(csvRecord.getStartingLineNumber()));
        for (Map.Entry<Column, Integer> column : header.indexes().entrySet()) {
            row.set(column.getKey(), csvRecord.getField(column.getValue()).strip());
        }
        if (!ticker.isEmpty()) {
            row.set(Column.TICKER, ticker);
        }
        collector.row(row);
    }

    private void wrongNumberOfFields(CsvRecord csvRecord, CsvHeader header) {
        if (isNote(csvRecord, header)) {
            collector.dropped(note(csvRecord));
            return;
        }
        String fields = String.join(",", csvRecord.getFields());
        collector.badRow(Violation.at(
                SourceLocation.line(csvRecord.getStartingLineNumber()),
                "row",
                "wrong-number-of-fields",
                fields,
                header.names().size() + " fields"));
    }

    /** Tells whether a record is a disclaimer or another text: no prices, and not the beginning of a date. */
    private static boolean isNote(CsvRecord csvRecord, CsvHeader header) {
        boolean prices = header.indexes().entrySet().stream()
                .filter(column -> Column.PRICES.contains(column.getKey()))
                .map(Map.Entry::getValue)
                .filter(index -> index > 0 && index < csvRecord.getFieldCount())
                .map(csvRecord::getField)
                .anyMatch(text -> text.codePoints().anyMatch(Character::isDigit)
                        && text.codePoints().noneMatch(Character::isLetter));
        return !prices && csvRecord.getField(0).codePoints().anyMatch(Character::isLetter);
    }

    private static Violation note(CsvRecord csvRecord) {
        String text = String.join(" ", csvRecord.getFields()).strip();
        return Violation.at(
                SourceLocation.line(csvRecord.getStartingLineNumber()), "row", "not-a-row", text, "a row of values");
    }

    private static boolean isBlankFrom(CsvRecord csvRecord, int columns) {
        return csvRecord.getFieldCount() > columns
                && csvRecord.getFields().subList(columns, csvRecord.getFieldCount()).stream()
                        .allMatch(String::isBlank);
    }

    private static boolean isNamed(CsvRecord csvRecord, Set<String> names) {
        return names.contains(Column.normalized(csvRecord.getField(0)));
    }

    private void fatal(long line, String code, String value, String expected) {
        SourceLocation location = SourceLocation.line(line);
        collector.fatal(Violation.at(location, line == 1 ? "header" : "row", code, value, expected));
    }

    private static Iterator<CsvRecord> records(Reader body, char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .maxBufferSize(MAX_RECORD)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(
                        CsvRecordHandler.builder()
                                .maxFields(MAX_FIELDS)
                                .maxFieldSize(MAX_RECORD)
                                .maxRecordSize(MAX_RECORD)
                                .build(),
                        body)
                .iterator();
    }

    /** Returns the separator with which one of the first lines has the maximum number of known columns. */
    private static char separator(String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank())
                .limit(HEADER_WITHIN)
                .toList();
        char best = ',';
        int maxKnown = 0;
        for (char separator : SEPARATORS) {
            int known = lines.stream()
                    .mapToInt(line ->
                            CsvHeader.of(split(line, separator)).indexes().size())
                    .max()
                    .orElse(0);
            if (known > maxKnown && known > 1) {
                maxKnown = known;
                best = separator;
            }
        }
        return maxKnown > 0 || lines.isEmpty() ? best : withoutHeader(lines.getFirst());
    }

    /** A decimal comma must not pass for a separator: the comma is one only if nothing else is. */
    private static char withoutHeader(String line) {
        for (char separator : List.of('\t', ';', '|')) {
            if (CsvHeader.withoutNames(split(line, separator)).isPresent()) {
                return separator;
            }
        }
        return ',';
    }

    private static List<String> split(String line, char separator) {
        return Arrays.stream(line.replace("\"", "").split(Pattern.quote(String.valueOf(separator)), -1))
                .toList();
    }

    private static String lookahead(PushbackReader body) throws IOException {
        char[] characters = new char[LOOKAHEAD];
        int length = 0;
        int read = body.read(characters, 0, LOOKAHEAD);
        while (read > 0) {
            length += read;
            read = length < LOOKAHEAD ? body.read(characters, length, LOOKAHEAD - length) : 0;
        }
        body.unread(characters, 0, length);
        return new String(characters, 0, length);
    }
}

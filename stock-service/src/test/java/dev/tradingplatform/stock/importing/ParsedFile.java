package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.spool.Spool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * A file as {@link BarParser} reads it.
 *
 * @param bars as texts, such as {@code 2024-01-02T00:00:00Z,1,2,0.5,1.5,10}
 * @param faults as texts, such as {@code 3 open not-a-number}
 */
record ParsedFile(
        List<String> bars,
        List<String> faults,
        List<Violation> violations,
        ImportResult.Rows rows,
        List<ImportResult.Warning> warnings,
        ImportResult.Detected detected) {

    /** Reads a text that is a file of daily bars of one ticker, without hints. */
    static ParsedFile of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8), ImportFormat.CSV, Request.daily());
    }

    static ParsedFile of(String text, Request request) {
        return of(text.getBytes(StandardCharsets.UTF_8), ImportFormat.CSV, request);
    }

    /** Reads a file of the resources. */
    static ParsedFile named(String name, Request request) {
        try (InputStream file = ParsedFile.class.getResourceAsStream("/exports/" + name)) {
            if (file == null) {
                throw new IllegalArgumentException("there is no file " + name);
            }
            return of(file.readAllBytes(), ImportFormat.CSV, request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ParsedFile of(byte[] body, ImportFormat format, Request request) {
        List<ParsedFile> read = new ArrayList<>();
        new ApplicationContextRunner()
                .withBean(InstantSource.class, InstantSource::system)
                .withUserConfiguration(Spool.class, BarParser.class)
                .run(context -> {
                    BarParser parser = context.getBean(BarParser.class);
                    try (ImportResult result = parser.read(
                            new ByteArrayInputStream(body), StandardCharsets.UTF_8, format, request.options())) {
                        read.add(of(result));
                    }
                });
        return read.getFirst();
    }

    private static ParsedFile of(ImportResult result) {
        List<String> bars = new ArrayList<>();
        result.bars().forEachRemaining(bar -> bars.add(text(bar)));
        List<Violation> listed = result.faults().listed();
        return new ParsedFile(
                bars,
                listed.stream()
                        .map(fault -> fault.line() + " " + fault.field() + " " + fault.code())
                        .toList(),
                listed,
                result.rows(),
                result.warnings(),
                result.detected());
    }

    private static String text(ParsedBar parsed) {
        Bar bar = parsed.bar();
        return String.join(
                ",",
                TimestampFormat.text(bar.start()),
                bar.open().toString(),
                bar.high().toString(),
                bar.low().toString(),
                bar.close().toString(),
                bar.volume().toString());
    }

    /** What a request says of the file. */
    record Request(
            Timeframe timeframe,
            Optional<String> ticker,
            Optional<String> zone,
            Optional<String> dateFormat,
            Optional<DecimalSign> decimal,
            DuplicatePolicy onDuplicate) {

        static Request daily() {
            return of(Timeframe.DAY);
        }

        static Request of(Timeframe timeframe) {
            return new Request(
                    timeframe,
                    Optional.of("A"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    DuplicatePolicy.REJECT);
        }

        Request anyTicker() {
            return new Request(timeframe, Optional.empty(), zone, dateFormat, decimal, onDuplicate);
        }

        Request ticker(String name) {
            return new Request(timeframe, Optional.of(name), zone, dateFormat, decimal, onDuplicate);
        }

        Request zone(String name) {
            return new Request(timeframe, ticker, Optional.of(name), dateFormat, decimal, onDuplicate);
        }

        Request dateFormat(String pattern) {
            return new Request(timeframe, ticker, zone, Optional.of(pattern), decimal, onDuplicate);
        }

        Request decimal(DecimalSign sign) {
            return new Request(timeframe, ticker, zone, dateFormat, Optional.of(sign), onDuplicate);
        }

        Request onDuplicate(DuplicatePolicy policy) {
            return new Request(timeframe, ticker, zone, dateFormat, decimal, policy);
        }

        private ImportOptions options() {
            return new ImportOptions(
                    ticker.map(Ticker::new),
                    Optional.empty(),
                    timeframe,
                    new ImportOptions.Hints(zone.map(ZoneId::of), dateFormat.map(DatePattern::parse), decimal),
                    onDuplicate);
        }
    }
}

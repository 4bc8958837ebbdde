package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.importing.ImportResult;
import dev.tradingplatform.stock.series.BulkImport;
import dev.tradingplatform.stock.series.ImportCounts;
import dev.tradingplatform.stock.series.ImportMode;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many bars at once. */
@RestController
class ImportController {

    private static final Logger LOG = LoggerFactory.getLogger(ImportController.class);

    private final RequestBodyReader bodies;
    private final BulkImport bulkImport;
    private final LongSupplier nanoTime;

    ImportController(RequestBodyReader bodies, BulkImport bulkImport, LongSupplier nanoTime) {
        this.bodies = bodies;
        this.bulkImport = bulkImport;
        this.nanoTime = nanoTime;
    }

    @PostMapping("/api/v1/data/{ticker}")
    ResponseEntity<ImportSummary> importOne(@PathVariable String ticker, HttpServletRequest request) {
        return run(request, parameters -> Optional.of(parameters.ticker(ticker)));
    }

    @PostMapping("/api/v1/data")
    ResponseEntity<ImportSummary> importMany(HttpServletRequest request) {
        return run(request, _ -> Optional.empty());
    }

    private ResponseEntity<ImportSummary> run(
            HttpServletRequest request, Function<QueryParameters, Optional<Ticker>> ticker) {
        ImportRequest wanted = ImportRequest.of(request, ticker);
        long begun = nanoTime.getAsLong();
        return bodies.bars(request, wanted.options(), result -> run(request, wanted, result, begun));
    }

    private ResponseEntity<ImportSummary> run(
            HttpServletRequest request, ImportRequest wanted, ImportResult result, long begun) {
        ImportResult.Faults faults = result.faults();
        if (faults.fatal() || (faults.total() > 0 && !wanted.skipsErrors())) {
            throw Problems.importRefused(faults);
        }
        List<ImportCounts> counts = write(result, wanted);
        Duration taken = Duration.ofNanos(nanoTime.getAsLong() - begun);
        ImportSummary summary = ImportSummary.of(result, counts, wanted, taken);
        LOG.info(
                "Import {}: {} rows, {} inserted, {} updated, {} rows/s",
                request.getRequestURI(),
                summary.received(),
                summary.inserted(),
                summary.updated(),
                summary.rowsPerSecond());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(summary);
    }

    private List<ImportCounts> write(ImportResult result, ImportRequest wanted) {
        boolean strict = wanted.mode() == ImportMode.INSERT && !wanted.skipsErrors();
        List<ImportCounts> counts = bulkImport.run(
                result.bars(), wanted.mode(), all -> !wanted.dryRun() && !(strict && ImportSummary.conflicts(all) > 0));
        if (strict && ImportSummary.conflicts(counts) > 0) {
            throw Problems.alreadyExists(ImportSummary.listed(counts), ImportSummary.conflicts(counts));
        }
        return counts;
    }
}

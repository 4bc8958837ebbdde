package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.intake.Harvest;
import dev.tradingplatform.stock.quote.BulkImport;
import dev.tradingplatform.stock.quote.ImportCounts;
import dev.tradingplatform.stock.quote.ImportMode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
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

    private final Bodies bodies;
    private final BulkImport bulkImport;

    ImportController(Bodies bodies, BulkImport bulkImport) {
        this.bodies = bodies;
        this.bulkImport = bulkImport;
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
        Harvest harvest = bodies.bars(request, wanted.intake());
        Harvest.Faults faults = harvest.faults();
        if (faults.fatal() || (faults.total() > 0 && !wanted.skipsErrors())) {
            throw Problems.validationFailed(faults);
        }
        Predicate<List<ImportCounts>> acceptable = counts -> wanted.skipsErrors()
                || counts.stream().allMatch(series -> series.refused().isEmpty());
        List<ImportCounts> counts =
                bulkImport.run(harvest.bars(), wanted.mode(), all -> !wanted.dryRun() && acceptable.test(all));
        ImportSummary summary = ImportSummary.of(harvest, counts, wanted);
        if (wanted.mode() == ImportMode.INSERT && !acceptable.test(counts)) {
            throw Problems.alreadyExists(summary.errors(), summary.rejected());
        }
        LOG.info(
                "Import {}: {} rows, {} inserted, {} updated",
                request.getRequestURI(),
                summary.received(),
                summary.inserted(),
                summary.updated());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(summary);
    }
}

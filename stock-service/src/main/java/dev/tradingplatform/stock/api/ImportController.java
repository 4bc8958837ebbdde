package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.importing.ImportResult;
import dev.tradingplatform.stock.series.BulkImport;
import dev.tradingplatform.stock.series.ImportCounts;
import dev.tradingplatform.stock.series.ImportMode;
import dev.tradingplatform.stock.series.ImportOutcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many bars at once. */
@RestController
class ImportController {

    private static final Logger LOG = LoggerFactory.getLogger(ImportController.class);

    private final RequestBodyReader bodies;
    private final BulkImport bulkImport;
    private final AdjustmentWarnings adjustmentWarnings;
    private final LongSupplier nanoTime;

    ImportController(
            RequestBodyReader bodies,
            BulkImport bulkImport,
            AdjustmentWarnings adjustmentWarnings,
            LongSupplier nanoTime) {
        this.bodies = bodies;
        this.bulkImport = bulkImport;
        this.adjustmentWarnings = adjustmentWarnings;
        this.nanoTime = nanoTime;
    }

    @PostMapping("/api/v1/data/{ticker}")
    @Operation(operationId = "importBars", summary = "Imports bars of a ticker", tags = "Import", description = """
                    Idempotent: sent again, it says `unchanged`. `If-Match` takes the tag of any view of the series; the \
                    service compares it at the moment of writing. `If-None-Match: *` imports only if the series has no \
                    bars.\
                    """)
    @ApiResponse(
            responseCode = "200",
            description = "What was done.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ImportSummary.class),
                            examples = @ExampleObject(Shapes.Examples.IMPORT)))
    @DescribedOperations.Import
    ResponseEntity<ImportSummary> importOne(ImportRequest wanted, HttpServletRequest request) {
        return run(request, wanted);
    }

    @PostMapping("/api/v1/data")
    @Operation(
            operationId = "importManyTickers",
            summary = "Imports bars of several tickers",
            tags = "Import",
            description = "`If-Match` and `If-None-Match` must hold for each series of the body.")
    @ApiResponse(
            responseCode = "200",
            description = "What was done.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ImportSummary.class),
                            examples = @ExampleObject(Shapes.Examples.IMPORT_MANY)))
    @DescribedOperations.Import
    ResponseEntity<ImportSummary> importMany(ImportRequest wanted, HttpServletRequest request) {
        return run(request, wanted);
    }

    private ResponseEntity<ImportSummary> run(HttpServletRequest request, ImportRequest wanted) {
        long begun = nanoTime.getAsLong();
        return bodies.bars(request, wanted.options(), result -> run(request, wanted, result, begun));
    }

    private ResponseEntity<ImportSummary> run(
            HttpServletRequest request, ImportRequest wanted, ImportResult result, long begun) {
        ImportResult.Faults faults = result.faults();
        if (faults.fatal() || (faults.total() > 0 && !wanted.skipsErrors())) {
            throw Problems.importRefused(faults);
        }
        List<ImportCounts> counts = write(result, wanted, request);
        Duration taken = Duration.ofNanos(nanoTime.getAsLong() - begun);
        ImportSummary summary = ImportSummary.of(result, counts, adjustmentWarnings.of(result, counts), wanted, taken);
        LOG.info(
                "Import {}: {} rows, {} inserted, {} updated, {} rows/s",
                request.getRequestURI(),
                summary.received(),
                summary.inserted(),
                summary.updated(),
                summary.rowsPerSecond());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(summary);
    }

    private List<ImportCounts> write(ImportResult result, ImportRequest wanted, HttpServletRequest request) {
        boolean strict = wanted.mode() == ImportMode.INSERT && !wanted.skipsErrors();
        ImportOutcome outcome = bulkImport.run(
                result.bars(),
                wanted.mode(),
                EntityTags.seriesCondition(request),
                all -> !wanted.dryRun() && !(strict && ImportSummary.conflicts(all) > 0));
        return switch (outcome) {
            case ImportOutcome.ConditionFailed _ -> throw Problems.preconditionFailed();
            case ImportOutcome.Done(List<ImportCounts> counts)
            when strict && ImportSummary.conflicts(counts) > 0 ->
                throw Problems.alreadyExists(ImportSummary.listed(counts), ImportSummary.conflicts(counts));
            case ImportOutcome.Done(List<ImportCounts> counts) -> counts;
        };
    }
}

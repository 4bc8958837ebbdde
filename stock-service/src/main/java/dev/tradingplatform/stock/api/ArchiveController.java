package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.importing.ArchiveContent;
import dev.tradingplatform.stock.importing.ArchiveTotals;
import dev.tradingplatform.stock.importing.ImportResult;
import dev.tradingplatform.stock.limits.ResponseBuffers;
import dev.tradingplatform.stock.series.Archive;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything at once, to move it to another database. */
@RestController
class ArchiveController {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveController.class);

    private final Archive archive;
    private final RequestBodyReader bodies;
    private final ResponseBuffers buffers;

    ArchiveController(Archive archive, RequestBodyReader bodies, ResponseBuffers buffers) {
        this.archive = archive;
        this.bodies = bodies;
        this.buffers = buffers;
    }

    @GetMapping("/api/v1/archive")
    @Operation(
            operationId = "readArchive",
            summary = "Reads all series, splits and dividends",
            tags = "Archive",
            description = """
                    One JSON object a line, all of one moment: the splits and dividends of a ticker, its bars, and at the \
                    end the totals with a SHA-256 of the lines before. Databases with the same content have the same \
                    archive.""")
    @ApiResponse(
            responseCode = "200",
            description = "The archive.",
            headers =
                    @Header(
                            name = "Cache-Control",
                            description = "`no-store`: the next answer may be another one.",
                            schema = @Schema(type = "string")),
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject(Shapes.Examples.ARCHIVE)))
    @DescribedProblems.InsufficientStorage
    @DescribedOperations.Any
    ResponseEntity<InputStreamResource> read(NoParameters none) {
        return buffers.answer(body -> {
            ArchiveLines lines = new ArchiveLines(body);
            archive.read(lines);
            LOG.info("Archive written: {}", lines.finish());
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_NDJSON).cacheControl(CacheControl.noStore());
        });
    }

    @PostMapping("/api/v1/archive")
    @Operation(
            operationId = "restoreArchive",
            summary = "Restores an archive into an empty database",
            tags = "Archive",
            description = """
                    One transaction: all of the archive or nothing. The totals and the SHA-256 of its last line are \
                    compared with what was received. ETags, versions and change numbers are new ones.""")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject(Shapes.Examples.ARCHIVE)))
    @ApiResponse(
            responseCode = "200",
            description = "What was restored.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ArchiveTotals.class),
                            examples = @ExampleObject(Shapes.Examples.ARCHIVE_TOTALS)))
    @DescribedProblems.NotEmpty
    @DescribedOperations.Compressed
    @DescribedOperations.WithBody
    @DescribedOperations.Unconditional
    ResponseEntity<ArchiveTotals> restore(NoParameters none, HttpServletRequest request) {
        ArchiveTotals totals = bodies.archive(request, this::restore);
        LOG.info("Archive restored: {}", totals);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(totals);
    }

    private ArchiveTotals restore(ArchiveContent content) {
        content.fault().ifPresent(fault -> {
            throw Problems.validationFailed(new ImportResult.Faults(List.of(fault), 1, 1, true));
        });
        Map<Ticker, Archive.Actions> actions = new TreeMap<>();
        content.splits()
                .forEach((ticker, splits) -> actions.put(
                        ticker, new Archive.Actions(splits, content.dividends().getOrDefault(ticker, List.of()))));
        if (!archive.restore(content.bars(), actions)) {
            throw Problems.notEmpty();
        }
        return content.totals();
    }
}
